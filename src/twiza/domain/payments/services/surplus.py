"""Money that came for nothing: it is kept as a payment of its own, and all of it goes back."""

from __future__ import annotations

from collections.abc import Mapping

from twiza.domain.payments.events import PaymentCaptured
from twiza.domain.payments.models import Allocation, Payment, PaymentEvent
from twiza.domain.payments.services.refunds import owe_back
from twiza.foundation.events.services import publish


def keep_surplus(event: PaymentEvent) -> Payment:
    """What this event says came too late, twice or too much for its payment is owed back (RefundOwed)."""
    return _keep(
        Payment(
            reference=f"surplus:{event.pk}",
            provider=event.provider,
            amount_centimes=event.amount_centimes,
            currency=event.payment.currency,
            surplus_of=event.payment,
        )
    )


def keep_alone(provider: str, reference: str, amount_centimes: int, *, told: Mapping[str, object]) -> Payment:
    """Money that nobody knows what it is for, under this reference, came (PaymentCaptured) and is owed back to whoever sent it
    (RefundOwed)."""
    payment = Payment.objects.create(
        reference=reference, provider=provider, amount_centimes=amount_centimes, state=Payment.State.CAPTURED
    )
    PaymentEvent.objects.create(
        payment=payment,
        provider=provider,
        kind="captured",
        provider_reference=reference,
        amount_centimes=amount_centimes,
        told=dict(told),
    )
    publish(PaymentCaptured(reference=reference))
    return _keep(payment)


def give_back_parts(payment: Payment) -> None:
    """What had come by transfer for a payment that is cancelled before all of it was there is owed back (RefundOwed)."""
    for share in payment.shares.filter(goes_back=False):
        event = PaymentEvent.objects.create(
            payment=payment,
            provider=payment.provider,
            kind="surplus",
            provider_reference=f"share:{share.pk}",
            amount_centimes=share.amount_centimes,
        )
        keep_surplus(event)


def _keep(payment: Payment) -> Payment:
    payment.state = Payment.State.CAPTURED
    payment.save()
    amount = payment.amount_centimes
    part = Allocation.objects.create(payment=payment, reference=payment.reference, due_centimes=amount, captured_centimes=amount)
    owe_back(part, reference=payment.reference)
    return payment
