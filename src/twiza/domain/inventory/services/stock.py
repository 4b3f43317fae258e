"""Receiving, counting, holding, promising, dispatching. Every function locks the levels it changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from twiza.domain.catalogue.models import Way
from twiza.domain.inventory.errors import OutOfStock, PromisedMore
from twiza.domain.inventory.events import SoldOut
from twiza.domain.inventory.locking import lock_levels
from twiza.domain.inventory.models import StockHold, StockLevel, StockMovement
from twiza.domain.inventory.services.changing import (
    change,
    drop_stale_holds,
    free_of,
    let_holds_give_way,
    remember,
    saleable_of,
    save_holds,
    save_promises,
)
from twiza.foundation.accounts.models import User
from twiza.foundation.events.services import publish
from twiza.kit import clock

HOLD = timedelta(minutes=15)


@dataclass(frozen=True)
class Want:
    """So many of a variant. `reference` names the cause once it is known, as `order-line:12`.

    `way`: from the shelf, or promised ahead: made to order, or reserved.
    """

    variant_id: int
    quantity: int
    reference: str = ""
    way: str = Way.SHELF

    @property
    def is_ahead(self) -> bool:
        return self.way != Way.SHELF


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
def allow_reservations(variant_ids: Iterable[int], how_many: int, *, by: User | None) -> None:
    """So many more of each may be reserved before they are there. What was reserved already is not counted in."""
    wanted = sorted(variant_ids)
    for variant_id in wanted:
        open_level(variant_id)
    for level in lock_levels(wanted).values():
        if level.reservable != how_many:
            level.reservable = how_many
            level.save(update_fields=["reservable"])
            remember("inventory.allow_reservations", level, by, how_many=how_many)


@transaction.atomic
def hold_stock(owner: str, wants: Iterable[Want]) -> None:
    """The owner (as `cart:12`) keeps these for fifteen minutes; what it held before is replaced.

    Raises OutOfStock, holding nothing, when one of them is short.
    """
    asked = {want.variant_id: want.quantity for want in wants}
    before = set(StockHold.objects.filter(owner=owner).values_list("level__variant_id", flat=True))
    levels = lock_levels(asked.keys() | before)
    until = clock.now() + HOLD
    if asked and _held_by(owner) == asked:
        StockHold.objects.filter(owner=owner).update(expires_at=until)
        return
    drop_stale_holds(levels.values(), owner)
    holds = []
    for variant_id, quantity in asked.items():
        level = _enough(levels, variant_id, quantity)
        level.held += quantity
        holds.append(StockHold(level=level, owner=owner, quantity=quantity, expires_at=until))
    save_holds(levels.values())
    StockHold.objects.bulk_create(holds)


def _held_by(owner: str) -> dict[int, int]:
    """By size, what it holds at this moment. Lock the levels first."""
    holds = StockHold.objects.filter(owner=owner, expires_at__gt=clock.now())
    return dict(holds.values_list("level__variant_id", "quantity"))


@transaction.atomic
def lower_holds(owner: str, wanted: Mapping[int, int]) -> None:
    """The owner keeps no more of each variant than `wanted`, none of what is not named; nothing is kept longer for it."""
    kept = list(StockHold.objects.filter(owner=owner).values_list("level__variant_id", "quantity"))
    if all(quantity <= wanted.get(variant_id, 0) for variant_id, quantity in kept):
        return
    levels = lock_levels(variant_id for variant_id, _quantity in kept)
    for hold in StockHold.objects.filter(owner=owner, level__in=levels.values()).select_related("level"):
        level = levels[hold.level.variant_id]
        fewer = max(hold.quantity - wanted.get(level.variant_id, 0), 0)
        level.held -= fewer
        hold.quantity -= fewer
        if hold.quantity:
            hold.save(update_fields=["quantity"])
        else:
            hold.delete()
    save_holds(levels.values())


@transaction.atomic
def release_holds(owner: str) -> None:
    """Whatever the owner held is for anybody again."""
    hold_stock(owner, [])


@transaction.atomic
def allocate_stock(owner: str, wants: Iterable[Want]) -> None:
    """These are promised to placed orders; the owner's holds are used up. All of them or none.

    What is made to order is promised without limit, what is reserved as far as reservations are taken.
    Raises OutOfStock. Publishes SoldOut for what was the last.
    """
    wanted = list(wants)
    for want in wanted:
        if want.is_ahead:
            open_level(want.variant_id)
    before = set(StockHold.objects.filter(owner=owner).values_list("level__variant_id", flat=True))
    levels = lock_levels({want.variant_id for want in wanted} | before)
    drop_stale_holds(levels.values(), owner)
    movements = [_promised(levels, want) for want in wanted]
    save_promises(levels.values(), is_ahead=any(want.is_ahead for want in wanted))
    StockMovement.objects.bulk_create(movements)
    for variant_id in sorted({want.variant_id for want in wanted if not want.is_ahead}):
        if saleable_of(levels[variant_id]) == 0:
            publish(SoldOut(variant_id=variant_id))


@transaction.atomic
def release_stock(wants: Iterable[Want], *, by: User | None, reason: str = "") -> None:
    """The promise is taken back: these may be sold again."""
    wanted = list(wants)
    levels = lock_levels(want.variant_id for want in wanted)
    for want in wanted:
        level = levels[want.variant_id]
        level.reservable += want.quantity if want.way == Way.PREORDER else 0
        allocated, ahead = _taken_back(want)
        change(
            level,
            StockMovement.Kind.RELEASED,
            allocated=allocated,
            ahead=ahead,
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
        level = levels[want.variant_id]
        if want.is_ahead:
            _receive_what_is_sent(level, want, by)
        allocated, ahead = _taken_back(want)
        change(
            level,
            StockMovement.Kind.DISPATCHED,
            on_hand=-want.quantity,
            allocated=allocated,
            ahead=ahead,
            reference=want.reference,
            by=by,
        )


@transaction.atomic
def dispatch_unpromised(variant_id: int, pieces: int, *, reference: str, by: User) -> None:
    """These left without having been promised before, the lot that spoils first leading.

    What is promised to orders or kept in checkouts stays. Raises OutOfStock. Publishes SoldOut for the last.
    """
    levels = lock_levels([variant_id])
    drop_stale_holds(levels.values(), reference)
    save_holds(levels.values())
    level = _enough(levels, variant_id, pieces)
    change(level, StockMovement.Kind.DISPATCHED, on_hand=-pieces, reference=reference, by=by)
    if saleable_of(level) == 0:
        publish(SoldOut(variant_id=variant_id))


def _promised(levels: dict[int, StockLevel], want: Want) -> StockMovement:
    """So many more of a locked level are promised: the movement that says so, neither saved yet. Raises OutOfStock."""
    if want.is_ahead:
        return _promised_ahead(levels[want.variant_id], want)
    level = _enough(levels, want.variant_id, want.quantity)
    level.allocated += want.quantity
    return StockMovement(level=level, kind=StockMovement.Kind.ALLOCATED, allocated_change=want.quantity, reference=want.reference)


def _promised_ahead(level: StockLevel, want: Want) -> StockMovement:
    if want.way == Way.PREORDER:
        if level.reservable < want.quantity:
            raise OutOfStock(
                variant_id=want.variant_id, product=str(level.variant.product), wanted=want.quantity, left=level.reservable
            )
        level.reservable -= want.quantity
    level.ahead += want.quantity
    return StockMovement(level=level, kind=StockMovement.Kind.AHEAD, ahead_change=want.quantity, reference=want.reference)


def _receive_what_is_sent(level: StockLevel, want: Want, by: User | None) -> None:
    """Nobody counted what was made for one buyer: as it leaves it was there, and what others were promised stays."""
    missing = want.quantity - max(free_of(level), 0)
    if missing > 0:
        change(level, StockMovement.Kind.RECEIVED, on_hand=missing, reference=want.reference, by=by)


def _taken_back(want: Want) -> tuple[int, int]:
    """What changes of the two promises: (from the shelf, ahead)."""
    return (0, -want.quantity) if want.is_ahead else (-want.quantity, 0)


def _enough(levels: dict[int, StockLevel], variant_id: int, quantity: int) -> StockLevel:
    level = levels.get(variant_id)
    if level is None:
        raise OutOfStock(variant_id=variant_id, product="–", wanted=quantity, left=0)
    left = saleable_of(level)
    if left < quantity:
        raise OutOfStock(variant_id=variant_id, product=str(level.variant.product), wanted=quantity, left=left)
    return level
