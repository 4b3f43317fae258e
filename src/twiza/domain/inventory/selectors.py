"""Questions about stock."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, IntegerField, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from twiza.domain.catalogue.models import Product, Variant
from twiza.domain.inventory.models import StockHold, StockLevel
from twiza.kit import clock


@dataclass(frozen=True)
class ShelfRow:
    """How much there is of one variant. `saleable` is what is on hand, less what is promised or in somebody's checkout."""

    variant: Variant
    on_hand: int
    promised: int
    saleable: int

    @property
    def in_checkouts(self) -> int:
        return self.on_hand - self.promised - self.saleable

    @property
    def is_sold_out(self) -> bool:
        return self.saleable == 0


def saleable_quantities(variant_ids: Iterable[int]) -> dict[int, int]:
    """How many of each can be bought now. Expired holds count as free; an uncounted variant has none."""
    wanted = list(variant_ids)
    counted = StockLevel.objects.filter(variant_id__in=wanted).values_list("pk", "variant_id", "on_hand", "allocated", "held")
    free, holding = {}, {}
    for pk, variant_id, on_hand, allocated, held in counted:
        free[variant_id] = on_hand - allocated - held
        if held:
            holding[pk] = variant_id
    for pk, quantity in _expired_holds(holding):
        free[holding[pk]] += quantity
    return {variant_id: free.get(variant_id, 0) for variant_id in wanted}


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


def saleable_subquery(variant: str = "pk") -> Coalesce:
    """The same, as an expression over a queryset of variants."""
    free = StockLevel.objects.filter(variant_id=OuterRef(variant)).values_list(F("on_hand") - F("allocated") - F("held"))[:1]
    return Coalesce(Subquery(free, output_field=IntegerField()), Value(0))


def stock_faults() -> tuple[int, Sequence[dict[str, Any]]]:
    """(levels looked at, those whose counters differ from the sum of their movements or holds)."""
    levels = StockLevel.objects.annotate(
        moved=Coalesce(Sum("movements__on_hand_change"), Value(0)),
        promised=Coalesce(Sum("movements__allocated_change"), Value(0)),
    )
    held = dict(StockHold.objects.values_list("level").annotate(total=Sum("quantity")))
    faults = [
        {"variant": level.variant_id, "on_hand": level.on_hand, "moved": level.moved, "allocated": level.allocated,
         "promised": level.promised, "held": level.held, "holds": held.get(level.pk, 0)}
        for level in levels
        if (level.on_hand, level.allocated, level.held) != (level.moved, level.promised, held.get(level.pk, 0))
    ]  # fmt: skip
    return levels.count(), faults


def _rows_of(variants: Sequence[Variant]) -> list[ShelfRow]:
    ids = [variant.pk for variant in variants]
    levels = {level.variant_id: level for level in StockLevel.objects.filter(variant_id__in=ids)}
    free = saleable_quantities(ids)
    return [
        ShelfRow(
            variant,
            on_hand=levels[variant.pk].on_hand if variant.pk in levels else 0,
            promised=levels[variant.pk].allocated if variant.pk in levels else 0,
            saleable=free[variant.pk],
        )
        for variant in variants
    ]


def _expired_holds(level_ids: Collection[int]) -> list[tuple[int, int]]:
    """(level, quantity) of what nobody has in a checkout any more; asks nothing when nothing is held."""
    if not level_ids:
        return []
    return list(StockHold.objects.filter(level__in=level_ids, expires_at__lte=clock.now()).values_list("level_id", "quantity"))
