"""What a bank says of an attempt to pay: late, twice, in any order, it counts once."""

from __future__ import annotations

import logging

from django.db import transaction

from twiza.domain.payments.events import PaymentCaptured
from twiza.domain.payments.locking import lock_attempt
from twiza.domain.payments.models import Payment, PaymentAttempt, PaymentEvent
from twiza.domain.payments.provider import Notice, NoticeRefused, PaymentNotice, Verdict
from twiza.domain.payments.selectors import provider as provider_behind
from twiza.domain.payments.services.surplus import keep_surplus
from twiza.foundation.events.services import publish
from twiza.kit import clock

log = logging.getLogger(__name__)

CAPTURED, SURPLUS, FAILED = "captured", "surplus", "failed"


def hear_notice(code: str, notice: Notice) -> str:
    """The answer to what came in under this provider's code, in the bank's words. What is not the bank's changes nothing.

    Raises ProviderNotOffered.
    """
    provider = provider_behind(code)
    try:
        said = provider.read_notice(notice)
    except NoticeRefused as refusal:
        log.warning("payment notice for %s refused: %s", code, refusal)
        return provider.answer(Verdict.REFUSED)
    return provider.answer(hear_of_payment(code, said))


@transaction.atomic
def hear_of_payment(code: str, said: PaymentNotice) -> Verdict:
    """What the bank approved is paid (PaymentCaptured), once; what comes when nothing is owed any more is owed back
    (RefundOwed), and the bank is told to take nothing. What it refused leaves the payment waiting.

    An attempt we do not know, another provider, amount or currency: nothing changes, and a line is logged.
    """
    held = lock_attempt(said.attempt)
    if held is None:
        log.warning("payment notice of %s for an attempt we do not know", code)
        return Verdict.REFUSED
    payment, attempt = held
    expected = (payment.provider, attempt.amount_centimes, attempt.currency)
    if (code, said.amount_centimes, said.currency) != expected:
        log.warning("payment notice of %s for %s does not fit: amount, currency or provider", code, attempt.reference)
        return Verdict.REFUSED
    return _hear_approval(payment, attempt, said) if said.outcome == "approved" else _hear_failure(payment, attempt, said)


def _hear_approval(payment: Payment, attempt: PaymentAttempt, said: PaymentNotice) -> Verdict:
    heard = PaymentEvent.objects.filter(provider=payment.provider, provider_reference=said.provider_reference)
    before = heard.filter(kind__in=[CAPTURED, SURPLUS]).first()
    if before is not None:
        return Verdict.TAKE if before.kind == CAPTURED and before.payment_id == payment.pk else Verdict.HEARD
    _end(attempt, PaymentAttempt.State.CAPTURED)
    if payment.state != Payment.State.PENDING or attempt.amount_centimes != payment.amount_centimes:
        keep_surplus(_remember(payment, attempt, said, SURPLUS))
        return Verdict.HEARD
    _remember(payment, attempt, said, CAPTURED)
    for allocation in payment.allocations.filter(cancelled_at__isnull=True):
        allocation.captured_centimes = allocation.due_centimes
        allocation.save(update_fields=["captured_centimes"])
    payment.state = Payment.State.CAPTURED
    payment.save(update_fields=["state"])
    publish(PaymentCaptured(reference=payment.reference))
    return Verdict.TAKE


def _hear_failure(payment: Payment, attempt: PaymentAttempt, said: PaymentNotice) -> Verdict:
    """It may come after the approval, and the approval after it: a bank lets somebody try again on its page."""
    known = PaymentEvent.objects.filter(provider=payment.provider, provider_reference=said.provider_reference, kind=FAILED)
    if not known.exists():
        _remember(payment, attempt, said, FAILED)
    if attempt.state == PaymentAttempt.State.BEGUN:
        _end(attempt, PaymentAttempt.State.FAILED)
    return Verdict.HEARD


def _remember(payment: Payment, attempt: PaymentAttempt, said: PaymentNotice, kind: str) -> PaymentEvent:
    return PaymentEvent.objects.create(
        payment=payment,
        provider=payment.provider,
        kind=kind,
        provider_reference=said.provider_reference,
        amount_centimes=said.amount_centimes,
        told={**said.told, "attempt": attempt.reference},
    )


def _end(attempt: PaymentAttempt, state: str) -> None:
    attempt.state, attempt.ended_at = state, clock.now()
    attempt.save(update_fields=["state", "ended_at"])
