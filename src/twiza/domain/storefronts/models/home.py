"""What stands on a storefront's first page, and in which order."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy


class StorefrontHome(models.Model):
    """Nothing was said while there is none: every block is shown, in the order in which they are named here."""

    class Block(models.TextChoices):
        HERO = "hero", pgettext_lazy("a block of a first page", "Name, welcome and picture")
        KINDS = "kinds", pgettext_lazy("a block of a first page", "Families of products")
        SEASON = "season", pgettext_lazy("a block of a first page", "In season")
        NEWEST = "newest", pgettext_lazy("a block of a first page", "On the stalls")
        GIFTS = "gifts", pgettext_lazy("a block of a first page", "Gift baskets")
        FEATURED = "featured", pgettext_lazy("a block of a first page", "Cooperatives of the month")
        STORY = "story", pgettext_lazy("a block of a first page", "Our story")
        EVERYBODY = "everybody", pgettext_lazy("a block of a first page", "All the cooperatives")

    storefront = models.OneToOneField("storefronts.Storefront", on_delete=models.CASCADE, related_name="home")
    order = ArrayField(models.CharField(max_length=9), default=list, blank=True, help_text="Blocks; those unnamed follow.")
    hidden = ArrayField(models.CharField(max_length=9), default=list, blank=True)
    is_hero_drawn = models.BooleanField(default=False, help_text="A drawing in the arch, also where there are photos.")
    story_fr = models.TextField(blank=True, help_text="Plain words.")
    story_ar = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(order__contained_by=["kinds", "season", "newest", "gifts", "featured", "story", "everybody"]),
                name="storefront_home_order_known",
            ),
            models.CheckConstraint(
                condition=Q(
                    hidden__contained_by=["hero", "kinds", "season", "newest", "gifts", "featured", "story", "everybody"]
                ),
                name="storefront_home_hidden_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.storefront_id}: {', '.join(self.order)}"


class StorefrontFeatured(models.Model):
    """A cooperative of the month, chosen by the operator."""

    storefront = models.ForeignKey("storefronts.Storefront", on_delete=models.CASCADE, related_name="featured")
    cooperative = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="featured_in")

    class Meta:
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["storefront", "cooperative"], name="storefront_features_once")]

    def __str__(self) -> str:
        return f"{self.storefront_id}: {self.cooperative_id}"
