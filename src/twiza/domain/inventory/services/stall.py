"""What leaves a shelf over the counter, without having been promised to anybody."""

from __future__ import annotations

from django.db import transaction

from twiza.domain.inventory.errors import OutOfStock
from twiza.domain.inventory.events import SoldOut
from twiza.domain.inventory.locking import lock_levels
from twiza.domain.inventory.models import LotChange, StockLevel, StockMovement
from twiza.domain.inventory.services.changing import (
    change,
    drop_stale_holds,
    fit_of,
    let_holds_give_way,
    saleable_of,
    save_holds,
)
from twiza.domain.inventory.services.stock import open_level
from twiza.foundation.accounts.models import User
from twiza.foundation.events.services import publish


@transaction.atomic
def sell_from_shelf(variant_id: int, pieces: int, *, reference: str, by: User) -> StockLevel:
    """These were sold over the counter: the lot that spoils first leaves first, and they are not on hand any more.

    What is promised to orders or in somebody's checkout is not sold. Raises OutOfStock. Publishes SoldOut for the last.
    """
    level = _level(variant_id)
    drop_stale_holds([level], reference)
    save_holds([level])
    left = saleable_of(level)
    if left < pieces:
        raise OutOfStock(variant_id=variant_id, product=str(level.variant.product), wanted=pieces, left=left)
    _leave(level, pieces, reference, by)
    return level


@transaction.atomic
def record_gone(variant_id: int, pieces: int, *, reference: str, by: User) -> int:
    """These were sold already, whatever the count says: says how many of them the count did not have for it.

    Checkouts give way; what is promised to orders stays promised, since only a person who counts knows whose jar is gone.
    Never refused, and never below zero.
    """
    level = _level(variant_id)
    taken = min(pieces, max(level.on_hand - level.allocated, 0))
    if taken:
        let_holds_give_way(level, fit_of(level) - taken)
        _leave(level, taken, reference, by)
    return pieces - taken


@transaction.atomic
def put_back_on_shelf(variant_id: int, *, reference: str, by: User) -> None:
    """What left under this reference over the counter is on hand again, in the lots it left from.

    Coming back twice is refused by the database; what never left changes nothing.
    """
    level = _level(variant_id)
    left = StockMovement.objects.filter(level=level, kind=StockMovement.Kind.SOLD, reference=reference).first()
    if left is None:
        return
    changes = LotChange.objects.filter(movement=left).select_related("lot").order_by("pk")
    lots = [(one.lot, -one.on_hand_change) for one in changes]
    change(level, StockMovement.Kind.UNSOLD, on_hand=-left.on_hand_change, lots=lots, reference=reference, by=by)


def _level(variant_id: int) -> StockLevel:
    locked = lock_levels([variant_id])
    if variant_id not in locked:
        open_level(variant_id)
        locked = lock_levels([variant_id])
    return locked[variant_id]


def _leave(level: StockLevel, pieces: int, reference: str, by: User) -> None:
    was_saleable = saleable_of(level) > 0
    change(level, StockMovement.Kind.SOLD, on_hand=-pieces, reference=reference, by=by)
    if was_saleable and saleable_of(level) == 0:
        publish(SoldOut(variant_id=level.variant_id))
