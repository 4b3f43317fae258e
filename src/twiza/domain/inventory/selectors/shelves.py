"""Questions about stock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import F, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from twiza.domain.catalogue.models import Product, Variant
from twiza.domain.catalogue.rules import Buying, how_it_can_be_bought, terms_of
from twiza.domain.inventory.models import Lot, LotChange, StockHold, StockLevel, StockMovement, WithdrawnRecall
from twiza.kit import clock
from twiza.kit.errors import NotFound


@dataclass(frozen=True)
class ShelfRow:
    """How much there is of one variant. `saleable` is on hand, less what is promised, in a checkout, past its date or recalled.

    `ahead` are promised before they are there, `reservable` more may be.
    More may be promised than is fit to send: then nothing is saleable.
    """

    variant: Variant
    on_hand: int
    promised: int
    in_checkouts: int
    past_date: int
    recalled: int
    saleable: int
    ahead: int
    reservable: int

    @property
    def buying(self) -> Buying:
        """How it can be bought today. Select the product with the variant."""
        return how_it_can_be_bought(terms_of(self.variant.product), self.saleable, self.reservable, clock.today())

    @property
    def is_sold_out(self) -> bool:
        return not self.buying.is_possible


class Left(NamedTuple):
    saleable: int = 0
    reservable: int = 0


def saleable_quantities(variant_ids: Iterable[int]) -> dict[int, int]:
    """How many of each can be bought now. Expired holds count as free, what is past its date or recalled does not.

    Uncounted means none.
    """
    return {variant_id: count.saleable for variant_id, count in _counts(variant_ids).items()}


def what_is_left(variant_ids: Iterable[int]) -> dict[int, Left]:
    """The same, with how many of each may be reserved before they are there."""
    return {variant_id: Left(count.saleable, count.reservable) for variant_id, count in _counts(variant_ids).items()}


def ways_to_buy(product: Product, left: Mapping[int, Left], closed_until: date | None) -> dict[int, Buying]:
    """By its live variants, how each can be bought today, when so much is `left`. Prefetch `variants` with the product."""
    terms, today = terms_of(product, closed_until), clock.today()
    sizes = {variant.pk: left[variant.pk] for variant in product.live_variants}
    return {pk: how_it_can_be_bought(terms, one.saleable, one.reservable, today) for pk, one in sizes.items()}


def shelf_of(cooperative_id: int) -> Sequence[ShelfRow]:
    """What a cooperative has of everything it has not retired, by the products' short numbers, with what a card shows.

    Ask for the cooperative through the viewer first.
    """
    variants = Variant.objects.filter(product__cooperative_id=cooperative_id, retired_at__isnull=True)
    shown = variants.exclude(product__state=Product.State.RETIRED).select_related("product__kind")
    ordered = list(shown.prefetch_related("product__photos").order_by("product__short_number", "position", "pk"))
    return _rows_of(ordered)


def shelf_row_of(variant: Variant) -> ShelfRow:
    """How much there is of it. Ask for the variant through the viewer first."""
    return _rows_of([variant])[0]


class Unfit(NamedTuple):
    """Pieces on hand that may not be sold. Those recalled count as that alone, whatever their date."""

    past_date: int = 0
    recalled: int = 0


NONE_UNFIT = Unfit()


def unfit_pieces(variant_ids: Iterable[int]) -> dict[int, Unfit]:
    """How many of each are on hand and may not be sold today. Those with none are left out."""
    recalled = Q(recalled_at__isnull=False)
    lots = Lot.objects.filter(recalled | Q(best_before__lt=clock.today()), variant_id__in=list(variant_ids), on_hand__gt=0)
    sums = {"past": Coalesce(Sum("on_hand", filter=~recalled), 0), "back": Coalesce(Sum("on_hand", filter=recalled), 0)}
    rows = lots.order_by().values_list("variant_id").annotate(**sums)
    return {variant_id: Unfit(past_date, recalled) for variant_id, past_date, recalled in rows}


def lots_made_of(variant_id: int, limit: int = 100) -> Sequence[Lot]:
    """Every lot ever received, the newest first, also when none of it is left. Ask for the variant through the viewer first."""
    return list(Lot.objects.filter(variant_id=variant_id).order_by("-pk")[:limit])


def lots_on_hand(variant_id: int) -> Sequence[Lot]:
    """The lots of which some are left, the first to expire first. Ask for the variant through the viewer first."""
    return list(Lot.objects.filter(variant_id=variant_id, on_hand__gt=0))


def get_lot(variant_id: int, code: str) -> Lot:
    """The lot of a variant. Ask for the variant through the viewer first. Raises NotFound."""
    lot = Lot.objects.filter(variant_id=variant_id, code=code).first()
    if lot is None:
        raise NotFound
    return lot


def lot_with(code: str) -> Lot:
    """The lot of a label, for everybody, with what its page shows; typed small or large. Raises NotFound."""
    places = "variant__product__cooperative__published_revision__commune__province"
    lots = Lot.objects.select_related(places, "variant__product__kind").prefetch_related("variant__product__photos")
    lot = lots.filter(code=code.upper()).first()
    if lot is None:
        raise NotFound
    return lot


def recall_withdrawn_of(lot: Lot) -> WithdrawnRecall | None:
    """The last recall of it that was taken back."""
    return lot.withdrawn_recalls.first()


def pieces_sent_of(lot: Lot) -> dict[str, int]:
    """By cause, as `order-line:12`, how many pieces of the lot left."""
    changes = LotChange.objects.filter(lot=lot, movement__kind=StockMovement.Kind.DISPATCHED)
    return {reference: -change for reference, change in changes.values_list("movement__reference", "on_hand_change")}


def pieces_sent_since(lot: Lot) -> dict[str, int]:
    """By cause, how many pieces of its kind left since the lot was received, whichever lot was written down for them."""
    received = lot.changes.order_by("movement_id").values_list("movement_id", flat=True)[:1]
    moved = StockMovement.objects.filter(level__variant=lot.variant_id, kind=StockMovement.Kind.DISPATCHED, pk__gt=received)
    return {reference: -change for reference, change in moved.values_list("reference", "on_hand_change")}


def stock_faults() -> tuple[int, Sequence[dict[str, Any]]]:
    """(levels looked at, the levels and lots whose counters differ from what moved them)."""
    levels = list(_recounted_levels())
    held = dict(StockHold.objects.values_list("level").annotate(total=Sum("quantity")))
    lots = dict(Lot.objects.order_by().values_list("variant_id").annotate(total=Sum("on_hand")))
    rows = [_level_row(level, held.get(level.pk, 0), lots.get(level.variant_id, 0)) for level in levels]
    return len(levels), [row for row in rows if _is_wrong(row)] + _lot_faults()


def _recounted_levels() -> QuerySet[StockLevel]:
    return StockLevel.objects.annotate(
        moved=Coalesce(Sum("movements__on_hand_change"), Value(0)),
        promised=Coalesce(Sum("movements__allocated_change"), Value(0)),
        promised_ahead=Coalesce(Sum("movements__ahead_change"), Value(0)),
    )


def _level_row(level: Any, holds: int, lots: int) -> dict[str, Any]:
    return {
        "variant": level.variant_id, "on_hand": level.on_hand, "moved": level.moved, "allocated": level.allocated,
        "promised": level.promised, "ahead": level.ahead,
        "promised_ahead": level.promised_ahead, "held": level.held, "holds": holds, "in_lots": level.in_lots, "lots": lots,
    }  # fmt: skip


def _is_wrong(row: dict[str, Any]) -> bool:
    pairs = (("on_hand", "moved"), ("allocated", "promised"), ("ahead", "promised_ahead"), ("held", "holds"), ("in_lots", "lots"))
    return any(row[counter] != row[recounted] for counter, recounted in pairs)


def _lot_faults() -> list[dict[str, Any]]:
    lots = Lot.objects.order_by("pk").annotate(moved=Coalesce(Sum("changes__on_hand_change"), Value(0)))
    wrong = lots.exclude(on_hand=F("moved"))
    return [{"variant": lot.variant_id, "lot": lot.code, "on_hand": lot.on_hand, "moved": lot.moved} for lot in wrong]


@dataclass(frozen=True)
class _Count:
    on_hand: int = 0
    promised: int = 0
    in_checkouts: int = 0
    unfit: Unfit = NONE_UNFIT
    ahead: int = 0
    reservable: int = 0

    @property
    def saleable(self) -> int:
        return max(self.on_hand - self.promised - self.in_checkouts - sum(self.unfit) - self.ahead, 0)


def _counts(variant_ids: Iterable[int]) -> dict[int, _Count]:
    """What is known of each, by as few questions as there are kinds of answers."""
    counts = dict.fromkeys(variant_ids, _Count())
    fields = ("pk", "variant_id", "on_hand", "allocated", "held", "in_lots", "ahead", "reservable")
    levels = list(StockLevel.objects.filter(variant_id__in=list(counts)).values_list(*fields))
    over: Counter[int] = Counter()
    for pk, quantity in _expired_holds([level[0] for level in levels if level[4]]):
        over[pk] += quantity
    in_lots = [level[1] for level in levels if level[5]]
    unfit = unfit_pieces(in_lots) if in_lots else {}
    for pk, variant_id, on_hand, allocated, held, _in_lots, ahead, reservable in levels:
        counts[variant_id] = _Count(on_hand, allocated, held - over[pk], unfit.get(variant_id, NONE_UNFIT), ahead, reservable)
    return counts


def _rows_of(variants: Sequence[Variant]) -> list[ShelfRow]:
    counts = _counts(variant.pk for variant in variants)
    return [_row_of(variant, counts[variant.pk]) for variant in variants]


def _row_of(variant: Variant, count: _Count) -> ShelfRow:
    return ShelfRow(
        variant,
        count.on_hand,
        count.promised,
        count.in_checkouts,
        *count.unfit,
        count.saleable,
        count.ahead,
        count.reservable,
    )


def _expired_holds(level_ids: Collection[int]) -> list[tuple[int, int]]:
    """(level, quantity) of what nobody has in a checkout any more; asks nothing when nothing is held."""
    if not level_ids:
        return []
    return list(StockHold.objects.filter(level__in=level_ids, expires_at__lte=clock.now()).values_list("level_id", "quantity"))
