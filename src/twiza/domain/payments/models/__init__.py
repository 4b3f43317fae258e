"""Payments, what was ever heard of them, and cash on its way."""

from twiza.domain.payments.models.cash import CashCollection, HolderKind
from twiza.domain.payments.models.payment import Allocation, Payment, PaymentAttempt, PaymentEvent, Refund
from twiza.domain.payments.models.remittance import Remittance, RemittanceLine

__all__ = [
    "Allocation",
    "CashCollection",
    "HolderKind",
    "Payment",
    "PaymentAttempt",
    "PaymentEvent",
    "Refund",
    "Remittance",
    "RemittanceLine",
]
