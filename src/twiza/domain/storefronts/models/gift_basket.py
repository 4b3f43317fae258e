"""A gift basket: goods of several cooperatives, put together by an operator and bought as one thing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from twiza.kit.translations import translated

if TYPE_CHECKING:
    from twiza.domain.catalogue.models import Variant

FEWEST_COMPONENTS, MOST_COMPONENTS = 2, 12
MOST_PIECES = 24


class GiftBasket(models.Model):
    """What is in it never changes: whoever wants other things in it ends it and composes another."""

    storefront = models.ForeignKey("storefronts.Storefront", on_delete=models.PROTECT, related_name="gift_baskets")
    slug = models.SlugField(max_length=80, unique=True)
    name_fr = models.CharField(max_length=80)
    name_ar = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80, blank=True)
    price_centimes = models.PositiveIntegerField(help_text="The sum of the shares of what is in it.")
    sold_from = models.DateField()
    sold_until = models.DateField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    composed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    composed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(condition=Q(price_centimes__gte=1), name="gift_basket_has_a_price"),
            models.CheckConstraint(
                condition=Q(sold_until__isnull=True) | Q(sold_until__gte=F("sold_from")),
                name="gift_basket_begins_before_it_ends",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return translated(self, "name")

    def is_sold_on(self, day: date) -> bool:
        """By its own days; whether everybody agreed and everything is there is asked elsewhere."""
        return self.stopped_at is None and self.sold_from <= day and (self.sold_until is None or day <= self.sold_until)


class GiftBasketComponent(models.Model):
    """So many pieces of a size, and what of the basket's price its cooperative has for them."""

    gift_basket = models.ForeignKey(GiftBasket, on_delete=models.CASCADE, related_name="components")
    variant = models.ForeignKey("catalogue.Variant", on_delete=models.PROTECT, related_name="+")
    pieces = models.PositiveSmallIntegerField()
    catalogue_centimes = models.PositiveIntegerField(help_text="What one cost by itself when the shares were made.")
    share_centimes = models.PositiveIntegerField(help_text="Of all its pieces, in one basket.")
    agreed_at = models.DateTimeField(null=True, blank=True, help_text="Nobody buys the basket before every cooperative agreed.")
    instead = models.ForeignKey(
        "catalogue.Variant",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="What its cooperative sends in its place, for the same share, when it is gone.",
    )

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["gift_basket", "variant"], name="gift_basket_holds_a_variant_once"),
            models.CheckConstraint(condition=Q(pieces__gte=1, pieces__lte=MOST_PIECES), name="gift_basket_pieces_sensible"),
            models.UniqueConstraint(fields=["gift_basket", "instead"], name="gift_basket_instead_once"),
            models.CheckConstraint(condition=~Q(instead=F("variant")), name="gift_basket_instead_is_another"),
            models.CheckConstraint(
                condition=Q(share_centimes__lte=F("catalogue_centimes") * F("pieces")), name="gift_basket_share_within_catalogue"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pieces} x {self.variant_id}"

    @property
    def by_itself_centimes(self) -> int:
        """What all its pieces cost outside the basket."""
        return self.pieces * self.catalogue_centimes

    def may_be_replaced_by(self, size: Variant) -> bool:
        """Never by what costs less by itself than the share: the buyer would pay more for it here than beside it."""
        return size.pk != self.variant_id and self.pieces * size.price_centimes >= self.share_centimes
