"""What things cost, about: the bands by which a list of products is narrowed."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, Value, When

from twiza.domain.catalogue.models import Product, Variant


class Band(NamedTuple):
    """Prices from `least_centimes` up to, without, `most_centimes`; without end when that is 0."""

    code: str
    least_centimes: int
    most_centimes: int

    def holds(self, centimes: int) -> bool:
        return self.least_centimes <= centimes and (not self.most_centimes or centimes < self.most_centimes)


BANDS = (
    Band("0-50", 0, 50_00),
    Band("50-100", 50_00, 100_00),
    Band("100-200", 100_00, 200_00),
    Band("200-500", 200_00, 500_00),
    Band("500", 500_00, 0),
)


def band_of(centimes: int) -> str:
    """The code of the band; empty for what has no price."""
    return next((band.code for band in BANDS if band.holds(centimes)), "") if centimes else ""


def with_bands(products: QuerySet[Product]) -> QuerySet[Product]:
    """Each with the code of the band of what it costs at least, as `band`."""
    prices = Variant.objects.filter(product=OuterRef("pk"), retired_at=None).order_by("price_centimes")
    least = Subquery(prices.values("price_centimes")[:1])
    bands = [
        When(
            Q(least__gte=band.least_centimes) & (Q(least__lt=band.most_centimes) if band.most_centimes else Q()),
            then=Value(band.code),
        )
        for band in BANDS
    ]
    return products.annotate(least=least).annotate(band=Case(*bands, default=Value("")))
