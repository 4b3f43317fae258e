"""How much may still be ordered through a storefront that said how much in all."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db.models import OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from twiza.domain.catalogue.models import Product
from twiza.domain.orders.models import OrderLine
from twiza.domain.orders.states import NOT_OWED
from twiza.domain.storefronts.models import StorefrontQuota
from twiza.domain.storefronts.selectors import quotas_at, quotas_under

Place = tuple[int, int]


def left_under(slug: str, product_ids: Collection[int]) -> dict[int, int]:
    """By product id, how many pieces may still be ordered through the storefront at this address. Without a quota: left out."""
    left = _less_what_was_ordered(quotas_under(slug, product_ids))
    return {product: pieces for (_store, product), pieces in left.items()}


def left_of_quotas(places: Collection[Place]) -> dict[Place, int]:
    """By (storefront, product), how many pieces may still be ordered there. At most two questions, whatever is asked."""
    if not places:
        return {}
    quotas = quotas_at({store for store, _product in places}, {product for _store, product in places})
    return _less_what_was_ordered({place: most for place, most in quotas.items() if place in places})


def _less_what_was_ordered(quotas: Mapping[Place, int]) -> dict[Place, int]:
    ordered = pieces_ordered_at(quotas.keys()) if quotas else {}
    return {place: max(most - ordered.get(place, 0), 0) for place, most in quotas.items()}


def pieces_ordered_at(places: Collection[Place]) -> dict[Place, int]:
    """By (storefront, product), how many pieces were ordered there that were not declined or brought back."""
    lines = OrderLine.objects.filter(
        storefront__in={store for store, _product in places}, variant__product__in={product for _store, product in places}
    )
    sums = lines.exclude(order__status__in=NOT_OWED).order_by().values_list("storefront", "variant__product")
    return {(store, product): pieces for store, product, pieces in sums.annotate(pieces=Sum("quantity"))}


def quotas_and_orders(storefront_id: int, product_ids: Collection[int]) -> dict[int, tuple[int | None, int]]:
    """By product id, how many pieces may be ordered in the storefront in all, None without a quota, and how many were, not
    counting what was declined or brought back. One question.
    """
    quota = StorefrontQuota.objects.filter(storefront=storefront_id, product=OuterRef("pk")).values("most_pieces")
    lines = OrderLine.objects.filter(storefront=storefront_id, variant__product=OuterRef("pk"))
    owed = lines.exclude(order__status__in=NOT_OWED).order_by().values("variant__product")
    pieces = owed.annotate(pieces=Sum("quantity")).values("pieces")
    products = Product.objects.filter(pk__in=product_ids).order_by()
    rows = products.values_list("pk", Subquery(quota), Coalesce(Subquery(pieces), 0))
    return {product: (most, ordered) for product, most, ordered in rows}
