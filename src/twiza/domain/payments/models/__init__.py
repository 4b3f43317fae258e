"""Payments, and what was ever heard of them."""

from twiza.domain.payments.models.payment import Allocation, Payment, PaymentAttempt, PaymentEvent, Refund

__all__ = ["Allocation", "Payment", "PaymentAttempt", "PaymentEvent", "Refund"]
