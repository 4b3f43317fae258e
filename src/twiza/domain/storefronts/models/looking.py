"""What an operator that looks before it shows has seen of products, and whose products it trusts."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from twiza.domain.storefronts.states import NotShownBecause


class ProductReview(models.Model):
    """What was seen of a product when somebody last decided on it in this storefront, and what was decided."""

    storefront = models.ForeignKey("storefronts.Storefront", on_delete=models.CASCADE, related_name="+")
    product = models.ForeignKey("catalogue.Product", on_delete=models.CASCADE, related_name="reviews")
    seen = models.JSONField(default=dict, help_text="Field → what it said.")
    is_shown = models.BooleanField()
    reason = models.CharField(max_length=12, choices=NotShownBecause, blank=True)
    words = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["storefront", "product"], name="product_review_once_per_storefront"),
            models.CheckConstraint(condition=Q(is_shown=True) | ~Q(reason=""), name="product_review_refusal_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.storefront_id}: {self.product_id} {'shown' if self.is_shown else self.reason}"


class StorefrontTrust(models.Model):
    """A cooperative whose products this storefront shows without looking first."""

    storefront = models.ForeignKey("storefronts.Storefront", on_delete=models.CASCADE, related_name="+")
    cooperative = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["storefront", "cooperative"], name="storefront_trusts_once")]

    def __str__(self) -> str:
        return f"{self.storefront_id}: {self.cooperative_id}"
