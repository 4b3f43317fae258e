"""How a level changes: together with its lots, its holds and the record of why."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db import models
from django.db.models import Q, Sum

from twiza.domain.inventory.events import LotRecalled
from twiza.domain.inventory.models import Lot, LotChange, StockHold, StockLevel, StockMovement
from twiza.domain.inventory.selectors import taken_from, unfit_pieces
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.foundation.events.services import publish
from twiza.kit import clock


def change(  # noqa: PLR0913 -- three counters, and why they move
    level: StockLevel,
    kind: str,
    *,
    on_hand: int = 0,
    allocated: int = 0,
    ahead: int = 0,
    reference: str = "",
    by: User | None = None,
    reason: str = "",
    lots: Sequence[tuple[Lot, int]] | None = None,
) -> None:
    """The level, its lots and the record of why move together. Lock the level first.

    `lots` says which change by how many, when it is known; the rest of the pieces has no lot.
    """
    parts = lots_that_leave_first(level, -on_hand) if lots is None else lots
    level.on_hand += on_hand
    level.allocated += allocated
    level.in_lots += sum(pieces for _lot, pieces in parts)
    level.ahead += ahead
    level.save(update_fields=["on_hand", "allocated", "in_lots", "ahead", "reservable"])
    movement = StockMovement.objects.create(
        level=level,
        kind=kind,
        on_hand_change=on_hand,
        allocated_change=allocated,
        ahead_change=ahead,
        reference=reference,
        by=by,
        reason=reason,
    )
    for part, pieces in parts:
        _change_lot(part, pieces, movement)
        if part.is_recalled and kind == StockMovement.Kind.DISPATCHED:
            publish(LotRecalled(lot_id=part.pk))


def lots_that_leave_first(level: StockLevel, pieces: int) -> list[tuple[Lot, int]]:
    """Which lots give so many pieces, as (lot, −pieces).

    Loose pieces leave first: they were there before lots were written down. Then the lot that expires first; what is
    past its date, and after it what is recalled, only when a person says that more left than there was otherwise.
    """
    if pieces <= level.on_hand - level.in_lots:
        return []
    lots = Lot.objects.filter(variant_id=level.variant_id, on_hand__gt=0)
    ordered = sorted(lots, key=lambda lot: (lot.is_recalled, lot.is_past_date))
    return [(lot, -taken) for lot, taken in taken_from(level, ordered, pieces)]


def saleable_of(level: StockLevel) -> int:
    """What may still be promised of a locked level, after those it was promised to ahead.

    The lots are asked anew: they may have changed while the lock was awaited.
    """
    return max(free_of(level) - level.ahead, 0)


def free_of(level: StockLevel) -> int:
    """What of a locked level lies there for nobody yet; below 0 when what may not be sold was promised."""
    return fit_of(level) - level.allocated - level.held


def let_holds_give_way(level: StockLevel, fit: int) -> None:
    """No checkout keeps what is not there to be sold: all its holds are over when the fit pieces do not reach for them."""
    if fit < level.allocated + level.held:
        drop_holds(level, StockHold.objects.filter(level=level))


def fit_of(level: StockLevel) -> int:
    """How many of those on hand may be sold or are promised rightly. Lock the level first."""
    unfit = unfit_pieces([level.variant_id]) if level.in_lots else {}
    return level.on_hand - sum(unfit.get(level.variant_id, ()))


def _change_lot(lot: Lot, pieces: int, movement: StockMovement) -> None:
    lot.on_hand += pieces
    lot.save(update_fields=["on_hand"])
    LotChange.objects.create(lot=lot, movement=movement, on_hand_change=pieces)


def remember(action: str, level: StockLevel, by: User | None, **details: object) -> None:
    """What somebody did to the stock by hand; promises and parcels are remembered with their orders."""
    product = level.variant.product
    record(
        action,
        subject=f"variant:{level.variant_id}",
        by=by,
        on_behalf_of=f"organisation:{product.cooperative_id}",
        details={"on_hand": level.on_hand, **details},
    )


def drop_stale_holds(levels: Collection[StockLevel], owner: str) -> None:
    """Expired holds count no longer, whether or not a job came by; the owner's own are replaced.

    Lock the levels first, and save their counters after (`save_promises`).
    """
    stale = Q(owner=owner) | Q(expires_at__lte=clock.now())
    dropped = list(
        StockHold.objects.filter(stale, level__in=[level.pk for level in levels]).values_list("pk", "level", "quantity")
    )
    if not dropped:
        return
    StockHold.objects.filter(pk__in=[pk for pk, _level, _quantity in dropped]).delete()
    by_id = {level.pk: level for level in levels}
    for _pk, level_id, quantity in dropped:
        by_id[level_id].held -= quantity


def save_holds(levels: Collection[StockLevel]) -> None:
    """What checkouts hold of these is written down."""
    StockLevel.objects.bulk_update(levels, ["held"])


def save_promises(levels: Collection[StockLevel], *, is_ahead: bool) -> None:
    """What is held and promised of these is written down, and what is promised `is_ahead` of being there.

    What is on hand, and its lots, move through `change`."""
    ahead = ["ahead", "reservable"] if is_ahead else []
    StockLevel.objects.bulk_update(levels, ["held", "allocated", *ahead])


def drop_holds(level: StockLevel, holds: models.QuerySet[StockHold]) -> None:
    """These holds are over. Lock the level first."""
    dropped = holds.aggregate(total=Sum("quantity"))["total"] or 0
    if dropped:
        holds.delete()
        level.held -= dropped
        level.save(update_fields=["held"])
