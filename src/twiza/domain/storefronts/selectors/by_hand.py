"""Questions about the products an operator named one by one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Case, IntegerField, QuerySet, Value, When

from twiza.domain.catalogue.models import Product
from twiza.domain.storefronts.models import Storefront, StorefrontProduct

# As products are listed when nothing else is said.
NEWEST_FIRST = ("-published_at", "-id")


@dataclass(frozen=True)
class NamedProducts:
    """Ids of products: those shown whoever makes them, of these the ones shown first, in their order, and those left out."""

    chosen: tuple[int, ...] = ()
    first: tuple[int, ...] = ()
    left_out: tuple[int, ...] = ()

    @property
    def among_others(self) -> tuple[int, ...]:
        """Those chosen that do not stand first."""
        return tuple(product for product in self.chosen if product not in self.first)


def named_products_in(storefront: Storefront) -> NamedProducts:
    """What was said of single products, in one question; the national storefront says nothing."""
    if storefront.shows_everything:
        return NamedProducts()
    return named_among(
        StorefrontProduct.objects.filter(storefront=storefront).only("storefront_id", "product_id", "is_left_out", "place")
    )


def named_among(said: Iterable[StorefrontProduct]) -> NamedProducts:
    """The same of what was read already, in its order."""
    rows = list(said)
    return NamedProducts(
        chosen=tuple(sorted(one.product_id for one in rows if not one.is_left_out)),
        first=tuple(one.product_id for one in rows if one.place is not None),
        left_out=tuple(sorted(one.product_id for one in rows if one.is_left_out)),
    )


def in_order(products: QuerySet[Product], first: Sequence[int]) -> QuerySet[Product]:
    """Those with these ids first, as they stand here; the others as they stood."""
    if not first:
        return products
    places = [When(pk=product, then=Value(place)) for place, product in enumerate(first)]
    place = Case(*places, default=Value(len(first)), output_field=IntegerField())
    return products.order_by(place, *NEWEST_FIRST)


def products_named_in(storefront: Storefront) -> Sequence[StorefrontProduct]:
    """The same for whoever chooses them: with kind and cooperative, those shown first in their order, then as they were named."""
    named = StorefrontProduct.objects.filter(storefront=storefront)
    return list(named.select_related("product__kind", "product__cooperative__published_revision"))
