"""Payments, what was ever heard of them, and cash on its way."""

from twiza.domain.payments.models.cash import CashCollection, HolderKind
from twiza.domain.payments.models.payment import Allocation, Payment, PaymentAttempt, PaymentEvent, Refund
from twiza.domain.payments.models.remittance import Remittance, RemittanceLine
from twiza.domain.payments.models.transfers import BankStatement, StatementLine, TransferProof, TransferShare

__all__ = [
    "Allocation",
    "BankStatement",
    "CashCollection",
    "HolderKind",
    "Payment",
    "PaymentAttempt",
    "PaymentEvent",
    "Refund",
    "Remittance",
    "RemittanceLine",
    "StatementLine",
    "TransferProof",
    "TransferShare",
]
