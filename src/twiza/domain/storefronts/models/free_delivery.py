"""From which amount on buyers of a storefront do not pay for sending, and who does."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class FreeDelivery(models.Model):
    """From a day on: what one cooperative sends is free for the buyer when so much of it was chosen in this storefront.

    Dated as tariffs are: rows are added for days to come. The operator bears it, or a share of it each cooperative that agreed.
    """

    storefront = models.ForeignKey("storefronts.Storefront", on_delete=models.CASCADE, related_name="+")
    valid_from = models.DateField()
    least_centimes = models.PositiveIntegerField(null=True, blank=True, help_text="Empty: from that day on nothing is free.")
    cooperative_percent = models.PositiveSmallIntegerField(default=0, help_text="The cooperative's share of what sending costs.")

    class Meta:
        ordering = ("storefront_id", "-valid_from")
        verbose_name_plural = "free deliveries"
        constraints = [
            models.UniqueConstraint(fields=["storefront", "valid_from"], name="free_delivery_once_per_day"),
            models.CheckConstraint(condition=Q(cooperative_percent__lte=100), name="free_delivery_share_within_whole"),
            models.CheckConstraint(
                condition=Q(least_centimes__isnull=True) | Q(least_centimes__gt=0), name="free_delivery_from_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.storefront_id} {self.valid_from}"


class FreeDeliveryConsent(models.Model):
    """A cooperative bears its share of what a storefront takes off its buyers."""

    free_delivery = models.ForeignKey(FreeDelivery, on_delete=models.CASCADE, related_name="consents")
    cooperative = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["free_delivery", "cooperative"], name="free_delivery_consent_once_per_cooperative")
        ]

    def __str__(self) -> str:
        return f"{self.free_delivery_id} {self.cooperative_id}"
