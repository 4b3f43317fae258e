"""By which ways one pays and receives in a storefront, and in which languages it speaks."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class StorefrontWays(models.Model):
    """What it offers of all that the installation has. An empty list says: whatever there is, also what comes later."""

    storefront = models.OneToOneField("storefronts.Storefront", on_delete=models.CASCADE, related_name="+")
    payments = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    carriers = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    languages = ArrayField(models.CharField(max_length=3), default=list, blank=True, help_text="Its own first.")
    confirm_within_hours = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="What is paid on delivery and not confirmed by then is not sent. Empty: it waits."
    )

    def __str__(self) -> str:
        return str(self.storefront_id)
