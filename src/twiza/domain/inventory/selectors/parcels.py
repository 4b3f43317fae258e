"""Which lots a parcel held, and which the next one should take."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from twiza.domain.inventory.models import Lot, LotChange, StockLevel, StockMovement


@dataclass(frozen=True)
class PackedLot:
    """So many pieces of a lot in a parcel. `best_before` None: it does not spoil."""

    code: str
    pieces: int
    best_before: date | None
    is_recalled: bool


def lots_sent_with(reference: str) -> Sequence[tuple[str, int]]:
    """(code, pieces) of the lots that left for this cause, as `order-line:12`. Loose pieces are not named."""
    return [(lot.code, lot.pieces) for lot in lots_sent_with_each([reference]).get(reference, ())]


def lots_sent_with_each(references: Collection[str]) -> dict[str, list[PackedLot]]:
    """The same for each of these causes, with what is known of the lots today."""
    movements = {"movement__reference__in": list(references), "movement__kind": StockMovement.Kind.DISPATCHED}
    sent: dict[str, list[PackedLot]] = defaultdict(list)
    for change in LotChange.objects.filter(**movements).select_related("lot", "movement").order_by("pk"):
        sent[change.movement.reference].append(_packed(change.lot, -change.on_hand_change))
    return dict(sent)


def lots_to_take(wanted: Iterable[tuple[int, int]]) -> list[list[PackedLot]]:
    """For each (variant, pieces), the lots to take from: what spoils first, nothing past its date or recalled.

    Pieces without a lot are taken before; where they are enough, no lot is named.
    """
    asked = list(wanted)
    variants = {variant for variant, _pieces in asked}
    levels = {level.variant_id: level for level in StockLevel.objects.filter(variant__in=variants, in_lots__gt=0)}
    lots: dict[int, list[Lot]] = defaultdict(list)
    for lot in Lot.objects.filter(variant__in=list(levels), on_hand__gt=0):
        if lot.is_fit:
            lots[lot.variant_id].append(lot)
    return [
        [_packed(lot, taken) for lot, taken in taken_from(levels[variant], lots[variant], pieces)] if variant in levels else []
        for variant, pieces in asked
    ]


def taken_from(level: StockLevel, lots: Iterable[Lot], pieces: int) -> list[tuple[Lot, int]]:
    """Which of these lots, in their order, give so many pieces, as (lot, pieces); those without a lot are taken before."""
    missing = pieces - (level.on_hand - level.in_lots)
    parts = []
    for lot in lots:
        if missing <= 0:
            break
        taken = min(lot.on_hand, missing)
        missing -= taken
        parts.append((lot, taken))
    return parts


def _packed(lot: Lot, pieces: int) -> PackedLot:
    return PackedLot(lot.code, pieces, lot.best_before, lot.is_recalled)
