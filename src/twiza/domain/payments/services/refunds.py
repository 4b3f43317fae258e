"""What is owed back of what was received, and that it was given back. Amounts in centimes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import transaction

from twiza.domain.directory.rules import keeps_register
from twiza.domain.payments.errors import RefundAboveReceived
from twiza.domain.payments.events import RefundGiven, RefundOwed
from twiza.domain.payments.locking import lock_payment_of
from twiza.domain.payments.models import Allocation, PaymentEvent, Refund
from twiza.domain.payments.selectors import has_account, refunds_through_bank
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.foundation.events.services import publish
from twiza.kit import clock
from twiza.kit.errors import NotFound

REFUND_WITHIN = timedelta(days=15)


@transaction.atomic
def owe_refund(part: str, *, reference: str, amount_centimes: int, due_on: date) -> Refund:
    """So much of what was received for this part is owed back by that day; when it came through a bank, whoever gives money back
    there is told (RefundOwed). Raises RefundAboveReceived, changing nothing."""
    _payment, allocation = lock_payment_of(part)
    if amount_centimes > left_of(allocation):
        raise RefundAboveReceived
    refund = Refund.objects.create(allocation=allocation, reference=reference, amount_centimes=amount_centimes, due_on=due_on)
    if refunds_through_bank().filter(pk=refund.pk).exists():
        publish(RefundOwed(refund_id=refund.pk))
    return refund


def owe_back(allocation: Allocation, *, reference: str, but_centimes: int = 0) -> None:
    """All of it that is not owed back yet is, but so much, within fifteen days; whoever gives money back is told (RefundOwed).

    Call it with its payment locked.
    """
    left = left_of(allocation) - but_centimes
    if left > 0:
        due_on = clock.today() + REFUND_WITHIN
        refund = Refund.objects.create(allocation=allocation, reference=reference, amount_centimes=left, due_on=due_on)
        publish(RefundOwed(refund_id=refund.pk))


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


@transaction.atomic
def record_card_refund(refund_id: int, *, by: User) -> Refund:
    """Somebody gave it back in the bank's own pages, on the card or by transfer, as it came; who waits for it hears of it
    (RefundGiven). Said twice, it counts once.

    Raises NotFound for whoever does not keep the register, and for what is not given back through a bank.
    """
    refund = refunds_through_bank().filter(pk=refund_id).first()
    if refund is None or not keeps_register(by):
        raise NotFound
    record("payments.refunded_on_card", subject=refund.reference, by=by, details={"centimes": refund.amount_centimes})
    publish(RefundGiven(refund_id=refund.pk, reference=refund.reference))
    how = Refund.How.TRANSFER if has_account(refund.allocation.payment.provider) else Refund.How.CARD
    return record_refund(refund.reference, how=how, told={"by": by.pk})


def left_of(allocation: Allocation) -> int:
    """Of what was received for it, what is not owed back."""
    return allocation.captured_centimes - sum(refund.amount_centimes for refund in allocation.refunds.all())
