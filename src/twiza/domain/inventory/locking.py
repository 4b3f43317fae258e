"""The only locks on stock, always in primary-key order, so that two baskets never wait on each other."""

from __future__ import annotations

from collections.abc import Iterable

from twiza.domain.inventory.models import ProductImport, StockLevel


def lock_levels(variant_ids: Iterable[int]) -> dict[int, StockLevel]:
    """The levels of these variants by variant id, held until the transaction ends."""
    levels = (
        StockLevel.objects.select_for_update(of=("self",))
        .select_related("variant__product")
        .filter(variant_id__in=list(variant_ids))
        .order_by("pk")
    )
    return {level.variant_id: level for level in levels}


def lock_product_import(import_id: int) -> ProductImport | None:
    """Nobody else moves this import a step until the transaction ends; None when there is none."""
    return ProductImport.objects.select_for_update(of=("self",)).filter(pk=import_id).first()
