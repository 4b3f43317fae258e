"""How much of a product may go out through one storefront. It caps what is ordered there, and is never a stock of its own."""

from __future__ import annotations

from django.db import models


class StorefrontQuota(models.Model):
    """At most so many pieces of a product, whatever their size, are ordered through this storefront, all its orders together."""

    storefront = models.ForeignKey("storefronts.Storefront", on_delete=models.CASCADE, related_name="+")
    product = models.ForeignKey("catalogue.Product", on_delete=models.PROTECT, related_name="+")
    most_pieces = models.PositiveIntegerField()

    class Meta:
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["storefront", "product"], name="storefront_quota_once_per_product")]

    def __str__(self) -> str:
        return f"{self.storefront_id}: {self.product_id} <= {self.most_pieces}"
