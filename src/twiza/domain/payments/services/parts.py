"""What is owed, part by part: opened, received at the door, changed, owed no more. Amounts in centimes."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from twiza.domain.payments.errors import PaidAlready
from twiza.domain.payments.locking import lock_payment, lock_payment_of
from twiza.domain.payments.models import Allocation, Payment, PaymentEvent
from twiza.domain.payments.selectors import provider as provider_behind
from twiza.domain.payments.services.attempts import expect_transfer
from twiza.domain.payments.services.cash import collect_expected, expect_no_more
from twiza.domain.payments.services.refunds import left_of, owe_back
from twiza.domain.payments.services.surplus import give_back_parts
from twiza.kit import clock


@transaction.atomic
def open_payment(*, provider: str, reference: str, parts: Mapping[str, int]) -> Payment:
    """`reference` is to be paid through `provider`; each part (as `order:91` → centimes) is a share of it.

    When the buyer's own bank sends the money, what is to be written on it is known from now on. Raises ProviderNotOffered.
    """
    account = provider_behind(provider).account
    payment = Payment.objects.create(provider=provider, reference=reference, amount_centimes=sum(parts.values()))
    Allocation.objects.bulk_create(Allocation(payment=payment, reference=part, due_centimes=due) for part, due in parts.items())
    if account is not None:
        expect_transfer(payment)
    return payment


@transaction.atomic
def record_collection(part: str, *, provider_reference: str, told: Mapping[str, object]) -> Payment:
    """The whole of this part was received; what was collected at the door is with its holder (CashCollected).

    Heard twice, it counts once.
    """
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
        collect_expected(allocation)
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
def shrink_paid_part(part: str, costs_centimes: int) -> Payment:
    """So much of what was paid for this part is kept for what is sent; what is above it is owed back (RefundOwed).

    Raises PaidAlready when it costs more than was paid and not owed back: what was paid does not grow. Then nothing changes.
    """
    payment, allocation = lock_payment_of(part)
    if costs_centimes > left_of(allocation):
        raise PaidAlready
    owe_back(allocation, reference=f"partial:{part}", but_centimes=costs_centimes)
    return payment


@transaction.atomic
def cancel_part(part: str) -> Payment:
    """Nothing is owed for this part any more; what was received for it is owed back, all of it that is not yet (RefundOwed).

    Cancelled twice, it is cancelled once.
    """
    payment, allocation = lock_payment_of(part)
    if allocation.captured_centimes:
        owe_back(allocation, reference=f"cancelled:{part}")
    elif allocation.cancelled_at is None:
        _cancel(payment, [allocation])
    return payment


@transaction.atomic
def cancel_unpaid(reference: str) -> bool:
    """Nothing of it is owed any more, unless it was paid meanwhile: then nothing changes, and the answer is False."""
    payment = lock_payment(reference)
    if payment.state == Payment.State.CAPTURED:
        return False
    _cancel(payment, list(payment.allocations.filter(cancelled_at__isnull=True, captured_centimes=0)))
    return True


def _cancel(payment: Payment, allocations: list[Allocation]) -> None:
    for allocation in allocations:
        allocation.cancelled_at = clock.now()
        allocation.save(update_fields=["cancelled_at"])
        expect_no_more(allocation)
        payment.amount_centimes -= allocation.due_centimes
    payment.save(update_fields=["amount_centimes"])
    _derive_state(payment)
    if payment.state == Payment.State.CANCELLED:
        give_back_parts(payment)


def _derive_state(payment: Payment) -> None:
    parts = list(payment.allocations.filter(cancelled_at__isnull=True))
    if not parts:
        payment.state = Payment.State.CANCELLED
    elif all(part.captured_centimes == part.due_centimes for part in parts):
        payment.state = Payment.State.CAPTURED
    payment.save(update_fields=["state"])
