"""What became of what was sent: paid, or come back and sent again under the same number. Amounts in centimes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Sum

from twiza.domain.ledger.models import JournalEntry
from twiza.domain.ledger.services import post_all, reverse
from twiza.domain.payouts.errors import (
    AnotherPersonApproves,
    DayNotOver,
    NotNow,
    ReasonMissing,
    ReferenceMissing,
    SumsDiffer,
)
from twiza.domain.payouts.events import PayoutReturned, PayoutSent
from twiza.domain.payouts.locking import lock_batch, lock_batch_of, lock_batch_with
from twiza.domain.payouts.models import Payout, PayoutAttempt, PayoutBatch, PayoutFile
from twiza.domain.payouts.rules import for_those_who_pay_out
from twiza.domain.payouts.selectors.plan import destinations_of
from twiza.domain.payouts.selectors.written import paid_out_expected
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.foundation.events.services import publish
from twiza.kit import clock
from twiza.kit.money import plain

State, Try = PayoutBatch.State, PayoutAttempt.State


@dataclass(frozen=True)
class OnStatement:
    """How the bank, or the post office, says it: its reference and the day."""

    reference: str
    on: date


@transaction.atomic
def confirm_paid(file: PayoutFile, said: OnStatement, *, by: User, only: Collection[int] | None = None) -> int:
    """The bank paid what this file asked for, or only these payouts (ids) of it; the ledger says so, and PayoutSent tells them.

    Says how many. Told again, those that are paid stay as they are. Raises NotFound, ReferenceMissing, DayNotOver.
    """
    for_those_who_pay_out(by)
    if not said.reference.strip():
        raise ReferenceMissing
    if said.on > clock.today():
        raise DayNotOver
    batch, current = lock_batch_with(file.pk)
    tries = current.attempts.filter(state=Try.SENT).select_related("payout")
    paid = [one for one in tries.order_by("payout") if only is None or one.payout_id in only]
    for one in paid:
        _pay(one, said, by)
    post_all(paid_out_expected([one.pk for one in paid]))
    _settle(batch)
    details = {"file": current.number, "reference": said.reference.strip()[:60], "payouts": [one.payout_id for one in paid]}
    record("payouts.confirm", subject=f"payout-batch:{batch.pk}", by=by, details=details)
    return len(paid)


@transaction.atomic
def record_return(payout: Payout, *, reason: str, on: date, by: User) -> Payout:
    """The money came back, or never left: it is owed again, and is sent again under the same number (PayoutReturned).

    Raises NotFound, ReasonMissing, DayNotOver, NotNow.
    """
    for_those_who_pay_out(by)
    if not reason.strip():
        raise ReasonMissing
    if on > clock.today():
        raise DayNotOver
    batch, current = lock_batch_of(payout.pk)
    one = current.attempts.filter(state__in=[Try.APPROVED, Try.SENT, Try.PAID]).first()
    if one is None:
        raise NotNow
    was = one.state
    if was == Try.PAID:
        reverse(JournalEntry.objects.get(key=one.key), reason=reason.strip()[:240])
    one.state, one.returned_on, one.returned_because, one.settled_by = Try.RETURNED, on, reason.strip()[:240], by
    one.save(update_fields=["state", "returned_on", "returned_because", "settled_by"])
    _put(current, Payout.State.RETURNED)
    _settle(batch)
    _remember("payouts.returned", current, by, reason=one.returned_because)
    if was != Try.APPROVED:
        publish(PayoutReturned(payout_id=current.pk, attempt=one.number))
    return current


@transaction.atomic
def ask_to_retry(payout: Payout, *, by: User) -> PayoutAttempt:
    """It may be sent again, to the account in use now, once another person agrees. Raises NotFound, NotNow."""
    for_those_who_pay_out(by)
    batch, current = lock_batch_of(payout.pk)
    goes_to = destinations_of([current.cooperative_id])[current.cooperative_id]
    if current.state != Payout.State.RETURNED or not goes_to.is_usable:
        raise NotNow
    if current.attempts.filter(state__in=PayoutAttempt.OPEN).exists():
        raise NotNow
    one = PayoutAttempt.objects.create(
        payout=current,
        number=current.attempts.count() + 1,
        way=goes_to.way,
        account_id=goes_to.account_id,
        payee=goes_to.payee,
        place=goes_to.place,
        asked_by=by,
        asked_at=clock.now(),
    )
    _settle(batch)
    _remember("payouts.ask_to_retry", current, by, attempt=one.number)
    return one


@transaction.atomic
def approve_retry(payout: Payout, *, by: User) -> PayoutAttempt:
    """It is in the next file of its batch. Raises NotFound, NotNow, AnotherPersonApproves."""
    for_those_who_pay_out(by)
    _batch, current = lock_batch_of(payout.pk)
    one = current.attempts.filter(state=Try.ASKED, number__gt=1).first()
    if one is None:
        raise NotNow
    if one.asked_by_id == by.pk:
        raise AnotherPersonApproves
    one.state, one.approved_by = Try.APPROVED, by
    one.save(update_fields=["state", "approved_by"])
    _put(current, Payout.State.WAITING)
    _remember("payouts.approve_retry", current, by, attempt=one.number)
    return one


@transaction.atomic
def reconcile_batch(batch: PayoutBatch, *, bank_centimes: int, by: User) -> PayoutBatch:
    """The statement says that so much left for this batch, and so does the ledger: it is closed.

    Raises NotFound, NotNow while something of it is not paid, SumsDiffer.
    """
    for_those_who_pay_out(by)
    current = lock_batch(batch.pk)
    if current.state != State.EXECUTED or current.payouts.exclude(state=Payout.State.PAID).exists():
        raise NotNow
    ours = current.payouts.aggregate(all=Sum("amount_centimes"))["all"] or 0
    if ours != bank_centimes:
        raise SumsDiffer(ours=plain(ours), theirs=plain(bank_centimes))
    current.state, current.reconciled_by, current.reconciled_at = State.RECONCILED, by, clock.now()
    current.save(update_fields=["state", "reconciled_by", "reconciled_at"])
    record("payouts.reconcile", subject=f"payout-batch:{current.pk}", by=by, details={"bank": bank_centimes})
    return current


def _pay(one: PayoutAttempt, said: OnStatement, by: User) -> None:
    one.state, one.paid_on, one.bank_reference, one.settled_by = Try.PAID, said.on, said.reference.strip()[:60], by
    one.save(update_fields=["state", "paid_on", "bank_reference", "settled_by"])
    _put(one.payout, Payout.State.PAID)
    publish(PayoutSent(payout_id=one.payout_id, attempt=one.number))


def _put(payout: Payout, state: str) -> None:
    payout.state = state
    payout.save(update_fields=["state"])


def _settle(batch: PayoutBatch) -> None:
    """The batch is paid once nothing of it waits or is with the bank; what came back waits for what is done about it."""
    if not batch.files.exists():
        return
    is_open = PayoutAttempt.objects.filter(payout__batch=batch, state__in=PayoutAttempt.OPEN).exists()
    batch.state = State.EXPORTED if is_open else State.EXECUTED
    batch.save(update_fields=["state"])


def _remember(action: str, payout: Payout, by: User, **details: object) -> None:
    subject, behalf = f"payout:{payout.pk}", f"organisation:{payout.cooperative_id}"
    record(action, subject=subject, by=by, on_behalf_of=behalf, details=details)
