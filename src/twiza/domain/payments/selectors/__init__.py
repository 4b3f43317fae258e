"""Questions about payments."""

from twiza.domain.payments.selectors.cash import cash_of, cash_seen_by
from twiza.domain.payments.selectors.payments import (
    TransferSlip,
    has_account,
    is_captured,
    is_received,
    latest_attempt_for,
    payment_for,
    provider,
    providers,
    refunds_for,
    refunds_of,
    refunds_through_bank,
    transfer_slip_for,
)

__all__ = [
    "TransferSlip",
    "cash_of",
    "cash_seen_by",
    "has_account",
    "is_captured",
    "is_received",
    "latest_attempt_for",
    "payment_for",
    "provider",
    "providers",
    "refunds_for",
    "refunds_of",
    "refunds_through_bank",
    "transfer_slip_for",
]
