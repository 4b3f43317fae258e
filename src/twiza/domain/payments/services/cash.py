"""Cash on its way: asked for at the door, paid there or never. Amounts in centimes."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from twiza.domain.payments.events import CashCollected
from twiza.domain.payments.locking import lock_collection_of, lock_payment_of
from twiza.domain.payments.models import Allocation, CashCollection, HolderKind, RemittanceLine
from twiza.domain.payments.services.remitting.settling import settle
from twiza.foundation.events.services import publish
from twiza.kit import clock


@dataclass(frozen=True)
class Holder:
    """Who has the cash once the buyer paid. `name`: a carrier's code, `cooperative:5` or `pickup:3`; `organisation_id`: the
    cooperative that holds it itself or keeps the point."""

    kind: str
    name: str
    organisation_id: int | None = None


def carrier_holds(code: str) -> Holder:
    return Holder(HolderKind.CARRIER, code)


def cooperative_holds(cooperative_id: int) -> Holder:
    return Holder(HolderKind.COOPERATIVE, f"cooperative:{cooperative_id}", cooperative_id)


def pickup_point_holds(point_id: int, keeper_id: int) -> Holder:
    return Holder(HolderKind.PICKUP_POINT, f"pickup:{point_id}", keeper_id)


@transaction.atomic
def expect_cash(part: str, *, holder: Holder, cooperative_id: int) -> None:
    """Whoever brings the parcel collects what is owed for this part. Said twice, the first holder counts.

    Nothing is expected of what costs nothing, was paid before or is not owed any more.
    """
    _payment, allocation = lock_payment_of(part)
    if not allocation.due_centimes or allocation.captured_centimes or allocation.cancelled_at is not None:
        return
    CashCollection.objects.get_or_create(
        part=part,
        defaults={
            "cooperative_id": cooperative_id,
            "holder_kind": holder.kind,
            "holder": holder.name,
            "held_by_id": holder.organisation_id,
            "expected_centimes": allocation.due_centimes,
            "left_at": clock.now(),
        },
    )


def collect_expected(allocation: Allocation) -> None:
    """The buyer paid it at the door: the holder owes it from now on (CashCollected). Call it with its payment locked."""
    collection = lock_collection_of(allocation.reference)
    if collection is None or collection.state != CashCollection.State.EXPECTED:
        return
    collection.state = CashCollection.State.COLLECTED
    collection.collected_centimes = allocation.captured_centimes
    collection.collected_at = clock.now()
    line = RemittanceLine.objects.filter(collection=collection, became=RemittanceLine.Became.NOT_DELIVERED).first()
    if line is not None:
        # Its carrier handed it over before it told that the parcel was delivered.
        settle(line, collection, paid_before=0)
        line.save(update_fields=["became", "shortage_centimes"])
    collection.save(update_fields=["state", "collected_centimes", "collected_at"])
    publish(CashCollected(collection_id=collection.pk))


def expect_no_more(allocation: Allocation) -> None:
    """Nobody will pay it: nobody holds anything. Call it with its payment locked."""
    expected = CashCollection.objects.filter(part=allocation.reference, state=CashCollection.State.EXPECTED)
    expected.update(state=CashCollection.State.REFUSED)
