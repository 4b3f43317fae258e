"""Questions about quotas. How much of one is used up, orders know."""

from __future__ import annotations

from collections.abc import Collection

from twiza.domain.storefronts.models import Storefront, StorefrontQuota


def quotas_at(storefront_ids: Collection[int], product_ids: Collection[int]) -> dict[tuple[int, int], int]:
    """By (storefront, product), how many pieces may be ordered there in all. What has no quota is left out."""
    quotas = StorefrontQuota.objects.filter(storefront__in=storefront_ids, product__in=product_ids)
    return {(store, product): most for store, product, most in quotas.values_list("storefront", "product", "most_pieces")}


def quotas_under(slug: str, product_ids: Collection[int]) -> dict[tuple[int, int], int]:
    """As `quotas_at`, of the storefront at this address."""
    quotas = StorefrontQuota.objects.filter(storefront__slug=slug, product__in=product_ids)
    return {(store, product): most for store, product, most in quotas.values_list("storefront", "product", "most_pieces")}


def products_with_quota(storefront: Storefront) -> tuple[int, ...]:
    """The ids of the products of which only so many may be ordered there, as they were said."""
    return tuple(StorefrontQuota.objects.filter(storefront=storefront).values_list("product", flat=True))
