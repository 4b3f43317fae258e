"""The only locks on payments."""

from __future__ import annotations

from twiza.domain.payments.models import Allocation, Payment


def lock_payment_of(reference: str) -> tuple[Payment, Allocation]:
    """The payment, then the part of it called `reference`, held until the transaction ends."""
    payment_id = Allocation.objects.values_list("payment_id", flat=True).get(reference=reference)
    payment = Payment.objects.select_for_update().get(pk=payment_id)
    return payment, Allocation.objects.select_for_update().get(reference=reference)
