"""Receiving, counting, holding, promising, dispatching. Every function locks the levels it changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from twiza.domain.inventory.errors import OutOfStock, PromisedMore
from twiza.domain.inventory.events import SoldOut
from twiza.domain.inventory.locking import lock_levels
from twiza.domain.inventory.models import StockHold, StockLevel, StockMovement
from twiza.domain.inventory.services.changing import change, drop_stale_holds, let_holds_give_way, remember, saleable_of
from twiza.foundation.accounts.models import User
from twiza.foundation.events.services import publish
from twiza.kit import clock

HOLD = timedelta(minutes=15)


@dataclass(frozen=True)
class Want:
    """So many of a variant. `reference` names the cause once it is known, as `order-line:12`."""

    variant_id: int
    quantity: int
    reference: str = ""


def open_level(variant_id: int) -> None:
    """The variant can be counted; none are on hand yet."""
    StockLevel.objects.get_or_create(variant_id=variant_id)


@transaction.atomic
def receive_stock(variant_id: int, quantity: int, *, by: User | None, reason: str = "") -> StockLevel:
    """So many more are on hand."""
    open_level(variant_id)
    level = lock_levels([variant_id])[variant_id]
    change(level, StockMovement.Kind.RECEIVED, on_hand=quantity, by=by, reason=reason)
    remember("inventory.receive", level, by)
    return level


@transaction.atomic
def count_stock(variant_id: int, on_hand: int, *, by: User | None, reason: str = "") -> StockLevel:
    """Somebody counted: this many are on hand, those promised to buyers included.

    Raises PromisedMore when buyers were promised more than that. Holds of checkouts give way.
    """
    open_level(variant_id)
    level = lock_levels([variant_id])[variant_id]
    if on_hand < level.allocated:
        raise PromisedMore(product=str(level.variant.product), promised=level.allocated)
    let_holds_give_way(level, on_hand)
    if on_hand != level.on_hand:
        change(level, StockMovement.Kind.COUNTED, on_hand=on_hand - level.on_hand, by=by, reason=reason)
        remember("inventory.count", level, by)
    return level


@transaction.atomic
def hold_stock(owner: str, wants: Iterable[Want]) -> None:
    """The owner (as `cart:12`) keeps these for fifteen minutes; what it held before is replaced.

    Raises OutOfStock, holding nothing, when one of them is short.
    """
    asked = {want.variant_id: want.quantity for want in wants}
    before = set(StockHold.objects.filter(owner=owner).values_list("level__variant_id", flat=True))
    levels = lock_levels(asked.keys() | before)
    for variant_id in sorted(levels):
        drop_stale_holds(levels[variant_id], owner)
    for variant_id, quantity in asked.items():
        level = _enough(levels, variant_id, quantity)
        level.held += quantity
        level.save(update_fields=["held"])
        StockHold.objects.create(level=level, owner=owner, quantity=quantity, expires_at=clock.now() + HOLD)


@transaction.atomic
def release_holds(owner: str) -> None:
    """Whatever the owner held is for anybody again."""
    hold_stock(owner, [])


@transaction.atomic
def allocate_stock(owner: str, wants: Iterable[Want]) -> None:
    """These are promised to placed orders; the owner's holds are used up. All of them or none.

    Raises OutOfStock. Publishes SoldOut for what was the last.
    """
    wanted = list(wants)
    before = set(StockHold.objects.filter(owner=owner).values_list("level__variant_id", flat=True))
    levels = lock_levels({want.variant_id for want in wanted} | before)
    for variant_id in sorted(levels):
        drop_stale_holds(levels[variant_id], owner)
    for want in wanted:
        level = _enough(levels, want.variant_id, want.quantity)
        change(level, StockMovement.Kind.ALLOCATED, allocated=want.quantity, reference=want.reference)
        if saleable_of(level) == 0:
            publish(SoldOut(variant_id=want.variant_id))


@transaction.atomic
def release_stock(wants: Iterable[Want], *, by: User | None, reason: str = "") -> None:
    """The promise is taken back: these may be sold again."""
    wanted = list(wants)
    levels = lock_levels(want.variant_id for want in wanted)
    for want in wanted:
        change(
            levels[want.variant_id],
            StockMovement.Kind.RELEASED,
            allocated=-want.quantity,
            reference=want.reference,
            by=by,
            reason=reason,
        )


@transaction.atomic
def dispatch_stock(wants: Iterable[Want], *, by: User | None) -> None:
    """These left with a parcel: neither on hand nor promised any more.

    A parcel that left is a fact and never refused. What is said of lots follows `lots_that_leave_first`.
    """
    wanted = list(wants)
    levels = lock_levels(want.variant_id for want in wanted)
    for want in wanted:
        change(
            levels[want.variant_id],
            StockMovement.Kind.DISPATCHED,
            on_hand=-want.quantity,
            allocated=-want.quantity,
            reference=want.reference,
            by=by,
        )


def _enough(levels: dict[int, StockLevel], variant_id: int, quantity: int) -> StockLevel:
    level = levels.get(variant_id)
    if level is None:
        raise OutOfStock(variant_id=variant_id, product="–", wanted=quantity, left=0)
    left = saleable_of(level)
    if left < quantity:
        raise OutOfStock(variant_id=variant_id, product=str(level.variant.product), wanted=quantity, left=left)
    return level
