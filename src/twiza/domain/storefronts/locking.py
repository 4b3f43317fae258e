"""The only locks on storefronts: whoever prepares, opens and closes one takes turns, and whoever orders what has a quota."""

from __future__ import annotations

from collections.abc import Iterable

from twiza.domain.storefronts.models import GiftBasket, Storefront, StorefrontHost, StorefrontQuota


def lock_storefront(storefront_id: int) -> Storefront:
    return Storefront.objects.select_for_update(of=("self",)).select_related("operator").get(pk=storefront_id)


def lock_quotas(storefront_ids: Iterable[int], product_ids: Iterable[int]) -> dict[tuple[int, int], StorefrontQuota]:
    """The quotas of these products in these storefronts, in primary-key order: whoever orders there takes turns."""
    quotas = StorefrontQuota.objects.select_for_update().order_by("pk")
    asked = quotas.filter(storefront__in=list(storefront_ids), product__in=list(product_ids))
    return {(quota.storefront_id, quota.product_id): quota for quota in asked}


def lock_host(host_id: int) -> StorefrontHost:
    return StorefrontHost.objects.select_for_update(of=("self",)).select_related("storefront").get(pk=host_id)


def lock_gift_basket(gift_basket_id: int) -> GiftBasket:
    """Its price and its shares change for nobody else meanwhile."""
    return GiftBasket.objects.select_for_update(of=("self",)).select_related("storefront__operator").get(pk=gift_basket_id)
