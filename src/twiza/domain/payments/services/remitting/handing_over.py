"""Cash that passes from hand to hand: who gives it says so, who receives it says yes or no."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction

from twiza.domain.directory.models import Organisation
from twiza.domain.directory.rules import answers_for
from twiza.domain.payments.errors import HandOverAnswered, NotInTheirHands
from twiza.domain.payments.events import CashRemitted
from twiza.domain.payments.locking import lock_collections_by_id, lock_holder, lock_remittance
from twiza.domain.payments.models import CashCollection, Remittance, RemittanceLine
from twiza.domain.payments.selectors.hand_overs import receives
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.foundation.events.services import publish
from twiza.kit import clock
from twiza.kit.errors import NotFound

Became = RemittanceLine.Became


@transaction.atomic
def say_handed_over(holder: Organisation, collection_ids: Collection[int], *, to: Organisation | None, by: User) -> Remittance:
    """The holder's people gave all of this cash to a cooperative whose sales they are, or to the market (no `to`). It is still
    theirs to owe until somebody there says that it came.

    Raises NotInTheirHands when some of it is not theirs to give, was given before, or goes to another; NotFound when `by` does
    not speak for the holder.
    """
    if not answers_for(by, holder):
        raise NotFound
    collections = lock_collections_by_id(collection_ids)
    names = {(one.holder_kind, one.holder) for one in collections}
    if len(names) != 1 or len(collections) != len(set(collection_ids)):
        raise NotInTheirHands
    ((kind, name),) = names
    lock_holder(kind, name)
    if not all(_may_go(one, holder, to) for one in collections):
        raise NotInTheirHands
    remittance = Remittance.objects.create(
        holder_kind=kind,
        holder=name,
        held_by=holder,
        to=to,
        reference=_next_reference(kind, name, clock.today()),
        on=clock.today(),
        received_centimes=sum(one.collected_centimes for one in collections),
        state=Remittance.State.SAID,
        said_by=by,
    )
    RemittanceLine.objects.bulk_create(
        RemittanceLine(
            remittance=remittance,
            row=row,
            text=one.part,
            collection=one,
            became=Became.SAID,
            collected_centimes=one.collected_centimes,
            remitted_centimes=one.collected_centimes,
        )
        for row, one in enumerate(collections, start=1)
    )
    _record("payments.said_handed_over", remittance, holder, by)
    return remittance


@transaction.atomic
def confirm_hand_over(remittance_id: int, *, by: User) -> Remittance:
    """The cash came: its holder does not owe it any more (CashRemitted).

    Raises HandOverAnswered; NotFound for whoever said it, and for whoever does not speak for those who received it.
    """
    remittance = _answer(remittance_id, Remittance.State.CONFIRMED, by)
    lines = remittance.lines.filter(became=Became.SAID)
    lock_collections_by_id(lines.values_list("collection", flat=True))
    CashCollection.objects.filter(lines__in=lines).update(state=CashCollection.State.RECONCILED)
    lines.update(became=Became.SETTLED)
    _record("payments.confirmed_hand_over", remittance, remittance.to, by)
    publish(CashRemitted(remittance_id=remittance.pk))
    return remittance


@transaction.atomic
def deny_hand_over(remittance_id: int, *, by: User) -> Remittance:
    """The cash did not come: it is with its holder, who may say it anew. Raises as `confirm_hand_over` does."""
    remittance = _answer(remittance_id, Remittance.State.DENIED, by)
    remittance.lines.filter(became=Became.SAID).update(became=Became.DENIED)
    _record("payments.denied_hand_over", remittance, remittance.to, by)
    return remittance


def _may_go(cash: CashCollection, holder: Organisation, to: Organisation | None) -> bool:
    """What a cooperative sold itself goes to the market; what it took for a neighbour to the neighbour, or to the market."""
    if cash.state != CashCollection.State.COLLECTED or cash.held_by_id is None or cash.lines.filter(became=Became.SAID).exists():
        return False
    if holder.pk not in {cash.held_by_id, Organisation.objects.get(pk=cash.held_by_id).merged_into_id}:
        return False
    return to is None or (to.pk == cash.cooperative_id and to.pk != holder.pk)


def _next_reference(kind: str, name: str, on: date) -> str:
    before = Remittance.objects.filter(holder_kind=kind, holder=name, on=on).count()
    return f"{on:%y%m%d}-{before + 1}"


def _answer(remittance_id: int, state: str, by: User) -> Remittance:
    remittance = lock_remittance(remittance_id)
    if remittance is None or not receives(by, remittance):
        raise NotFound
    if remittance.state != Remittance.State.SAID:
        raise HandOverAnswered
    remittance.state, remittance.answered_by, remittance.answered_at = state, by, clock.now()
    remittance.save(update_fields=["state", "answered_by", "answered_at"])
    return remittance


def _record(action: str, remittance: Remittance, whose: Organisation | None, by: User) -> None:
    record(
        action,
        subject=f"remittance:{remittance.pk}",
        by=by,
        on_behalf_of=f"organisation:{whose.pk}" if whose is not None else "",
        details={"holder": remittance.holder, "total_centimes": remittance.received_centimes},
    )
