"""Questions about payments."""

from twiza.domain.payments.selectors.cash import (
    AGES,
    HeldCash,
    cash_in_the_field,
    cash_of,
    cash_owed_to_us,
    cash_seen_by,
)
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
from twiza.domain.payments.selectors.remittances import (
    cash_missing,
    get_remittance_for,
    remittances_seen_by,
    strange_lines_of,
)

__all__ = [
    "AGES",
    "HeldCash",
    "TransferSlip",
    "cash_in_the_field",
    "cash_missing",
    "cash_of",
    "cash_owed_to_us",
    "cash_seen_by",
    "get_remittance_for",
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
    "remittances_seen_by",
    "strange_lines_of",
    "transfer_slip_for",
]
