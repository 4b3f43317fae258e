"""What one may do with payouts."""

from twiza.domain.payouts.services.drafting import LEAST_CENTIMES, approve_batch, draft_batch, drop_batch
from twiza.domain.payouts.services.holding import answer_objection, hold_payouts, lift_hold, object_to_hold
from twiza.domain.payouts.services.sending import WrittenFile, download, export_batch
from twiza.domain.payouts.services.settling import (
    OnStatement,
    approve_retry,
    ask_to_retry,
    confirm_paid,
    reconcile_batch,
    record_return,
)

__all__ = [
    "LEAST_CENTIMES",
    "OnStatement",
    "WrittenFile",
    "answer_objection",
    "approve_batch",
    "approve_retry",
    "ask_to_retry",
    "confirm_paid",
    "download",
    "draft_batch",
    "drop_batch",
    "export_batch",
    "hold_payouts",
    "lift_hold",
    "object_to_hold",
    "reconcile_batch",
    "record_return",
]
