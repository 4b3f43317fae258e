"""A batch: drafted from the ledger by one person, looked at again and approved by another. Amounts in centimes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from twiza.domain.directory.models import Organisation
from twiza.domain.payouts.errors import (
    AnotherPersonApproves,
    DayNotOver,
    DraftChanged,
    EverybodyLeftOut,
    NobodyToPay,
    NotNow,
    ReasonMissing,
)
from twiza.domain.payouts.locking import lock_batch, lock_what_is_owed
from twiza.domain.payouts.models import Payout, PayoutAttempt, PayoutBatch, PayoutItem, PayoutLeftOut
from twiza.domain.payouts.rules import for_those_who_pay_out
from twiza.domain.payouts.selectors.plan import Plan, Planned, plan_payouts
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.kit import clock
from twiza.kit.money import plain

LEAST_CENTIMES = 5000
State = PayoutBatch.State
STOPPED = frozenset({PayoutLeftOut.Why.HELD, PayoutLeftOut.Why.COOLING})


@transaction.atomic
def draft_batch(until: date, *, by: User, least_centimes: int = LEAST_CENTIMES) -> PayoutBatch:
    """Everybody who is owed as much, by what the ledger says until the end of that day, is to be paid once another person agrees.

    What they are paid for is in no other payout from now on. Raises NotFound for whoever does not keep the register, DayNotOver,
    NobodyToPay; EverybodyLeftOut when somebody is owed as much but cannot be paid yet.
    """
    for_those_who_pay_out(by)
    if until > clock.today():
        raise DayNotOver
    lock_what_is_owed()
    moment = clock.now()
    plan = plan_payouts(until, least_centimes, drafted_at=moment)
    if not plan.payouts:
        raise _nobody(plan)
    batch = PayoutBatch.objects.create(until=until, least_centimes=least_centimes, drafted_by=by, drafted_at=moment)
    for planned in plan.payouts:
        _write(batch, planned, by)
    PayoutLeftOut.objects.bulk_create(
        PayoutLeftOut(
            batch=batch, cooperative_id=one.cooperative_id, owed_centimes=one.owed_centimes, why=one.why, reason=one.reason
        )
        for one in plan.not_paid
    )
    _remember("payouts.draft", batch, by, total=plan.total_centimes, payouts=len(plan.payouts))
    return batch


@transaction.atomic
def approve_batch(batch: PayoutBatch, *, by: User) -> PayoutBatch:
    """The second person agrees: its file can be made. Everything is worked out again first, with nothing moving meanwhile.

    Raises NotFound, AnotherPersonApproves, NotNow, and DraftChanged with what is not as it was drafted.
    """
    for_those_who_pay_out(by)
    current = lock_batch(batch.pk)
    if current.drafted_by_id == by.pk:
        raise AnotherPersonApproves
    if current.state != State.DRAFT:
        raise NotNow
    lock_what_is_owed()
    plan = plan_payouts(current.until, current.least_centimes, drafted_at=current.drafted_at, batch=current)
    changes = list(_changes(current, plan))
    if changes:
        raise DraftChanged(changes="; ".join(changes))
    current.state, current.approved_by, current.approved_at = State.APPROVED, by, clock.now()
    current.save(update_fields=["state", "approved_by", "approved_at"])
    tries = PayoutAttempt.objects.filter(payout__batch=current, state=PayoutAttempt.State.ASKED)
    tries.update(state=PayoutAttempt.State.APPROVED, approved_by=by)
    _remember("payouts.approve", current, by, total=plan.total_centimes)
    return current


@transaction.atomic
def drop_batch(batch: PayoutBatch, *, reason: str, by: User) -> PayoutBatch:
    """Nobody is paid by it, and what it was made of may be in another. Only while nothing of it is with a bank (NotNow)."""
    for_those_who_pay_out(by)
    if not reason.strip():
        raise ReasonMissing
    current = lock_batch(batch.pk)
    if current.state not in (State.DRAFT, State.APPROVED):
        raise NotNow
    current.state, current.dropped_by, current.dropped_because = State.DROPPED, by, reason.strip()[:240]
    current.save(update_fields=["state", "dropped_by", "dropped_because"])
    PayoutItem.objects.filter(payout__batch=current).update(is_live=False)
    PayoutAttempt.objects.filter(payout__batch=current, state__in=PayoutAttempt.OPEN).update(state=PayoutAttempt.State.DROPPED)
    current.payouts.update(state=Payout.State.DROPPED)
    _remember("payouts.drop", current, by, reason=current.dropped_because)
    return current


def _nobody(plan: Plan) -> NobodyToPay:
    """With the reasons of those who would be paid but for these."""
    waiting = Counter(one.why for one in plan.not_paid if one.why in STOPPED)
    if not waiting:
        return NobodyToPay()
    return EverybodyLeftOut(reasons="; ".join(f"{many} × {PayoutLeftOut.Why(why).label}" for why, many in waiting.items()))


def _write(batch: PayoutBatch, planned: Planned, by: User) -> None:
    payout = Payout.objects.create(batch=batch, cooperative_id=planned.cooperative_id, amount_centimes=planned.centimes)
    PayoutItem.objects.bulk_create(
        PayoutItem(payout=payout, posting_id=one.posting_id, amount_centimes=one.centimes) for one in planned.postings
    )
    goes_to = planned.destination
    PayoutAttempt.objects.create(
        payout=payout,
        way=goes_to.way,
        account_id=goes_to.account_id,
        payee=goes_to.payee,
        place=goes_to.place,
        asked_by=by,
        asked_at=batch.drafted_at,
    )


def _changes(batch: PayoutBatch, plan: Plan) -> Iterator[str]:
    """In words: whose amount, cause or account is not as drafted any more."""
    now = {one.cooperative_id: one for one in plan.payouts}
    amounts = {one.cooperative_id: one.owed_centimes for one in plan.not_paid}
    reasons = {one.cooperative_id: PayoutLeftOut.Why(one.why).label for one in plan.not_paid}
    names = Organisation.objects.select_related("published_revision").in_bulk(
        list(batch.payouts.values_list("cooperative", flat=True))
    )
    for payout in batch.payouts.prefetch_related("items", "attempts").order_by("pk"):
        planned, name = now.get(payout.cooperative_id), names[payout.cooperative_id].name
        drafted = f"{plain(payout.amount_centimes)} DH"
        if planned is None:
            reason = reasons.get(payout.cooperative_id)
            yield f"{name}: {drafted} → {plain(amounts.get(payout.cooperative_id, 0))} DH" + (f" ({reason})" if reason else "")
        elif {one.posting_id for one in planned.postings} != {item.posting_id for item in payout.items.all()}:
            yield f"{name}: {drafted} → {plain(planned.centimes)} DH"
        elif planned.destination.account_id != payout.attempts.all()[0].account_id:
            yield f"{name}: " + _("the bank account is another one")


def _remember(action: str, batch: PayoutBatch, by: User, **details: object) -> None:
    record(action, subject=f"payout-batch:{batch.pk}", by=by, details=details)
