"""The only locks on products."""

from __future__ import annotations

from twiza.domain.catalogue.models import Product, Variant
from twiza.domain.directory.models import Organisation


def lock_variant(variant_id: int) -> Variant:
    return Variant.objects.select_for_update(of=("self",)).select_related("product__cooperative").get(pk=variant_id)


def lock_product(product_id: int) -> Product:
    """While its photos are counted and put in order, nobody else does."""
    return Product.objects.select_for_update(of=("self",)).get(pk=product_id)


def lock_cooperative(cooperative_id: int) -> Organisation:
    """While a short number is given, nobody else gives one in the same cooperative."""
    return Organisation.objects.select_for_update(of=("self",)).get(pk=cooperative_id)
