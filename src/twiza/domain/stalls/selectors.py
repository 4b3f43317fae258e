"""What was sold at the stall, and what has to be counted again."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import F, Sum
from django.utils import timezone

from twiza.domain.catalogue.models import Variant
from twiza.domain.inventory.models import Lot, LotChange
from twiza.domain.stalls.models import LINE_REFERENCE, StallSale, StallSaleLine
from twiza.domain.stalls.rules import UNDO_WITHIN
from twiza.kit import clock
from twiza.kit.errors import NotFound


@dataclass(frozen=True)
class StallDay:
    """One day at the stall, by Morocco's clock. What was taken back is listed and not counted."""

    day: date
    sales: Sequence[StallSale]

    @property
    def total_centimes(self) -> int:
        return sum(sale.total_centimes for sale in self.sales if not sale.is_undone)

    @property
    def count(self) -> int:
        return sum(not sale.is_undone for sale in self.sales)


@dataclass(frozen=True)
class Shortage:
    """So many pieces of a variant are gone though the count did not have them."""

    variant: Variant
    missing_pieces: int


def sales_of_day(cooperative_id: int, day: date) -> StallDay:
    """What was sold on that day, the latest first. Ask for the cooperative through the viewer first."""
    begins = timezone.make_aware(datetime.combine(day, time.min))
    ends = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    sales = StallSale.objects.filter(cooperative=cooperative_id, sold_at__gte=begins, sold_at__lt=ends)
    return StallDay(day, list(sales.select_related("by").prefetch_related("lines__variant__product")))


def last_sale_of(cooperative_id: int, person_id: int) -> StallSale | None:
    """What this person sold last, while it can still be taken back with one tap."""
    recent = StallSale.objects.filter(
        cooperative=cooperative_id, by=person_id, undone_at=None, recorded_at__gte=clock.now() - UNDO_WITHIN
    )
    return recent.order_by("-recorded_at", "-pk").prefetch_related("lines__variant__product").first()


def sales_with(cooperative_id: int, keys: Iterable[uuid.UUID]) -> dict[uuid.UUID, StallSale]:
    """By key, those of the cooperative's sales that were written down already."""
    sales = StallSale.objects.filter(cooperative=cooperative_id, key__in=list(keys)).prefetch_related("lines")
    return {sale.key: sale for sale in sales}


def get_sale(cooperative_id: int, sale_id: int) -> StallSale:
    """A sale of this cooperative. Ask for the cooperative through the viewer first. Raises NotFound."""
    sale = StallSale.objects.filter(cooperative=cooperative_id, pk=sale_id).first()
    if sale is None:
        raise NotFound
    return sale


def numbers_of(variants: Iterable[Variant]) -> dict[int, str]:
    """By variant, how a text message names it: `2`, or `2B` where the product has several sizes.

    The letters follow the sizes' own numbers, which they keep. Hand over all the live sizes of a product together.
    """
    given = list(variants)
    sizes = Counter(variant.product_id for variant in given)
    return {
        variant.pk: f"{variant.product.short_number}{_letter(variant) if sizes[variant.product_id] > 1 else ''}"
        for variant in given
    }


def _letter(variant: Variant) -> str:
    """A for the first size ever made; a product with more than 26 sizes has numbers after Z, which nobody types."""
    number = variant.size_number or 0
    return chr(ord("A") + number - 1) if 1 <= number <= 26 else f"-{number}"


@dataclass(frozen=True)
class SoldOnDay:
    """So many pieces of a lot left over the counter on that day. Nobody knows who has them."""

    day: date
    pieces: int


def sold_of_lot(lot: Lot) -> Sequence[SoldOnDay]:
    """When pieces of the lot were sold at the stall, the first day first; those taken back are not counted."""
    pieces: Counter[int] = Counter()
    changes = LotChange.objects.filter(lot=lot, movement__reference__startswith=LINE_REFERENCE)
    for reference, change in changes.values_list("movement__reference", "on_hand_change"):
        pieces[int(reference.removeprefix(LINE_REFERENCE))] -= change
    days: Counter[date] = Counter()
    for line_id, sold_at in StallSaleLine.objects.filter(pk__in=pieces).values_list("pk", "sale__sold_at"):
        days[clock.local_day(sold_at)] += pieces[line_id]
    return [SoldOnDay(day, days[day]) for day in sorted(days) if days[day]]


def shortages_of(cooperative_id: int) -> Sequence[Shortage]:
    """What was sold at the stall and was not there by the count, until somebody counts it."""
    lines = StallSaleLine.objects.filter(
        sale__cooperative=cooperative_id, sale__undone_at=None, missing_pieces__gt=0, counted_at=None
    )
    missing = dict(lines.order_by("variant").values_list("variant").annotate(pieces=Sum(F("missing_pieces"))))
    variants = Variant.objects.filter(pk__in=missing).select_related("product__kind").prefetch_related("product__photos")
    return [Shortage(variant, missing[variant.pk]) for variant in variants.order_by("product__short_number", "pk")]
