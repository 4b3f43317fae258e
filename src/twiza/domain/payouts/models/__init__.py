"""Batches of payouts, what each is made of, every try to send one, and what holds one back."""

from twiza.domain.payouts.models.batch import PayoutBatch, PayoutFile, PayoutLeftOut
from twiza.domain.payouts.models.hold import PayoutHold
from twiza.domain.payouts.models.payout import Payout, PayoutAttempt, PayoutItem, Way

__all__ = ["Payout", "PayoutAttempt", "PayoutBatch", "PayoutFile", "PayoutHold", "PayoutItem", "PayoutLeftOut", "Way"]
