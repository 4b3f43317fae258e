"""How a storefront looks: one colour and one logo."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class StorefrontLook(models.Model):
    """Without a colour of its own it has ours, without a logo our star."""

    storefront = models.OneToOneField("storefronts.Storefront", on_delete=models.CASCADE, related_name="look")
    colour = models.CharField(max_length=7, blank=True, help_text="#rrggbb, readable on our paper; empty: ours.")
    logo = models.ImageField(upload_to="storefronts", blank=True, help_text="At most 400 × 120, WebP.")
    logo_width = models.PositiveSmallIntegerField(default=0)
    logo_height = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(colour="") | Q(colour__regex=r"^#[0-9a-f]{6}$"), name="storefront_colour_written"),
        ]

    def __str__(self) -> str:
        return f"{self.storefront_id}: {self.colour}"
