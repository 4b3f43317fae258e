"""Questions about payments."""

from twiza.domain.payments.selectors.cash import cash_of, cash_seen_by
from twiza.domain.payments.selectors.payments import (
    is_captured,
    is_received,
    latest_attempt_for,
    payment_for,
    provider,
    providers,
    refunds_for,
    refunds_of,
    refunds_through_bank,
)

__all__ = [
    "cash_of",
    "cash_seen_by",
    "is_captured",
    "is_received",
    "latest_attempt_for",
    "payment_for",
    "provider",
    "providers",
    "refunds_for",
    "refunds_of",
    "refunds_through_bank",
]
