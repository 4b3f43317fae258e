"""The only lock on storefronts: whoever prepares, opens and closes one takes turns."""

from __future__ import annotations

from twiza.domain.storefronts.models import Storefront


def lock_storefront(storefront_id: int) -> Storefront:
    return Storefront.objects.select_for_update(of=("self",)).select_related("operator").get(pk=storefront_id)
