"""Opening a payment, hearing of money, cancelling a part, giving back. Amounts in centimes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.conf import settings
from django.db import transaction

from twiza.domain.payments.errors import PaidAlready, ProviderNotOffered, RefundAboveReceived
from twiza.domain.payments.locking import lock_payment_of
from twiza.domain.payments.models import Allocation, Payment, PaymentEvent, Refund
from twiza.domain.payments.provider import NextStep, PaymentFacts
from twiza.domain.payments.selectors import provider as provider_behind
from twiza.kit import clock


@transaction.atomic
def open_payment(*, provider: str, reference: str, parts: Mapping[str, int]) -> Payment:
    """`reference` is to be paid through `provider`; each part (as `order:91` → centimes) is a share of it.

    Raises ProviderNotOffered.
    """
    if provider not in settings.PAYMENT_PROVIDERS:
        raise ProviderNotOffered
    payment = Payment.objects.create(provider=provider, reference=reference, amount_centimes=sum(parts.values()))
    Allocation.objects.bulk_create(Allocation(payment=payment, reference=part, due_centimes=due) for part, due in parts.items())
    return payment


def begin_payment(reference: str, *, language: str) -> NextStep:
    """Where the buyer goes now to pay for what `reference` names. Call it after the commit: a provider may go out."""
    payment = Payment.objects.get(reference=reference)
    facts = PaymentFacts(payment.reference, payment.amount_centimes, payment.currency, language)
    return provider_behind(payment.provider).begin(facts)


@transaction.atomic
def record_collection(part: str, *, provider_reference: str, told: Mapping[str, object]) -> Payment:
    """The whole of this part was received. Heard twice, it counts once."""
    payment, allocation = lock_payment_of(part)
    _, is_news = PaymentEvent.objects.get_or_create(
        provider=payment.provider,
        provider_reference=provider_reference,
        kind="collected",
        defaults={"payment": payment, "amount_centimes": allocation.due_centimes, "told": dict(told)},
    )
    if is_news:
        allocation.captured_centimes = allocation.due_centimes
        allocation.save(update_fields=["captured_centimes"])
        _derive_state(payment)
    return payment


@transaction.atomic
def change_part(part: str, due_centimes: int) -> Payment:
    """So much is owed for this part from now on, before anything was received for it. Raises PaidAlready, changing nothing."""
    payment, allocation = lock_payment_of(part)
    if allocation.captured_centimes or allocation.cancelled_at is not None:
        raise PaidAlready
    payment.amount_centimes += due_centimes - allocation.due_centimes
    payment.save(update_fields=["amount_centimes"])
    allocation.due_centimes = due_centimes
    allocation.save(update_fields=["due_centimes"])
    return payment


@transaction.atomic
def cancel_part(part: str) -> Payment:
    """Nothing is owed for this part any more. Money already received for it stays recorded: refunds are their own act."""
    payment, allocation = lock_payment_of(part)
    if allocation.cancelled_at is None and allocation.captured_centimes == 0:
        allocation.cancelled_at = clock.now()
        allocation.save(update_fields=["cancelled_at"])
        payment.amount_centimes -= allocation.due_centimes
        payment.save(update_fields=["amount_centimes"])
        _derive_state(payment)
    return payment


@transaction.atomic
def owe_refund(part: str, *, reference: str, amount_centimes: int, due_on: date) -> Refund:
    """So much of what was received for this part is owed back by that day. Raises RefundAboveReceived, changing nothing."""
    _payment, allocation = lock_payment_of(part)
    owed = sum(refund.amount_centimes for refund in allocation.refunds.all())
    if owed + amount_centimes > allocation.captured_centimes:
        raise RefundAboveReceived
    return Refund.objects.create(allocation=allocation, reference=reference, amount_centimes=amount_centimes, due_on=due_on)


@transaction.atomic
def record_refund(reference: str, *, how: str, told: Mapping[str, object]) -> Refund:
    """What was owed back was given back. Heard twice, it counts once. `how` is a Refund.How."""
    payment, _allocation = lock_payment_of(
        Refund.objects.values_list("allocation__reference", flat=True).get(reference=reference)
    )
    refund = Refund.objects.get(reference=reference)
    _, is_news = PaymentEvent.objects.get_or_create(
        provider=payment.provider,
        provider_reference=reference,
        kind="refunded",
        defaults={"payment": payment, "amount_centimes": refund.amount_centimes, "told": {**told, "how": how}},
    )
    if is_news:
        refund.paid_at, refund.how = clock.now(), Refund.How(how).value
        refund.save(update_fields=["paid_at", "how"])
    return refund


def _derive_state(payment: Payment) -> None:
    parts = list(payment.allocations.filter(cancelled_at__isnull=True))
    if not parts:
        payment.state = Payment.State.CANCELLED
    elif all(part.captured_centimes == part.due_centimes for part in parts):
        payment.state = Payment.State.CAPTURED
    payment.save(update_fields=["state"])
