"""What an operator says of single products in its storefront, besides its rules and its cooperatives."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class StorefrontProduct(models.Model):
    """A product this storefront shows whoever makes it, or leaves out although its cooperative is shown.

    What has a place stands before everything else, in the order of the places.
    """

    storefront = models.ForeignKey("storefronts.Storefront", on_delete=models.CASCADE, related_name="+")
    product = models.ForeignKey("catalogue.Product", on_delete=models.PROTECT, related_name="+")
    is_left_out = models.BooleanField(default=False)
    place = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Among those shown first, from 1.")

    class Meta:
        ordering = ("place", "id")
        constraints = [
            models.UniqueConstraint(fields=["storefront", "product"], name="storefront_names_a_product_once"),
            models.UniqueConstraint(
                fields=["storefront", "place"],
                name="storefront_one_product_at_a_place",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(place__isnull=True) | Q(is_left_out=False, place__gte=1), name="storefront_left_out_has_no_place"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.storefront_id}: {self.product_id}"
