"""What somebody is about to buy. It belongs to no cooperative; its lines do."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from twiza.kit.countries import HOME

MOST_PER_LINE = 999
MOST_LINES = 100
MOST_GIFT_BASKETS = 40
MOST_MESSAGE = 200


def unguessable() -> str:
    return secrets.token_urlsafe(24)


def comes_from_abroad(recipient_phone: str, buyer_country: str, buyer_phone: str) -> bool:
    """Somebody else receives it, and whoever gives it is in another country, by what they said or by their number."""
    has_foreign_number = bool(buyer_phone) and not buyer_phone.startswith("+212")
    return bool(recipient_phone) and (buyer_country != HOME or has_foreign_number)


class Cart(models.Model):
    token = models.CharField(max_length=40, unique=True, default=unguessable)
    buyer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    language = models.CharField(max_length=3, default="fr")
    # What the buyer typed so far, kept so that nothing has to be typed twice.
    buyer_name = models.CharField(max_length=120, blank=True)
    buyer_phone = models.CharField(max_length=16, blank=True)
    buyer_email = models.EmailField(blank=True, help_text="Of whoever gives from abroad, who may have no telephone here.")
    buyer_country = models.CharField(max_length=2, default=HOME, help_text="Where whoever gives lives.")
    commune = models.ForeignKey("places.Commune", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    landmark = models.CharField(max_length=240, blank=True)
    # Whoever the parcels are for when it is not the buyer, and what the buyer writes to them.
    recipient_name = models.CharField(max_length=120, blank=True)
    recipient_phone = models.CharField(max_length=16, blank=True)
    gift_message = models.CharField(max_length=MOST_MESSAGE, blank=True)
    note = models.CharField(max_length=240, blank=True)
    coupon = models.ForeignKey("orders.Coupon", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    pay_with = models.CharField(max_length=30, default="cash_on_delivery")
    started_at = models.DateTimeField(auto_now_add=True)
    touched_at = models.DateTimeField(default=timezone.now, help_text="When somebody last did something with it.")
    completed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["touched_at"], condition=Q(completed_at__isnull=True), name="cart_open_by_touch")]

    def __str__(self) -> str:
        return f"cart {self.pk}"

    @property
    def is_for_another(self) -> bool:
        return bool(self.recipient_phone)

    @property
    def is_gift_from_abroad(self) -> bool:
        return comes_from_abroad(self.recipient_phone, self.buyer_country, self.buyer_phone)


class CartLine(models.Model):
    cart = models.ForeignKey(Cart, on_delete=models.CASCADE, related_name="lines")
    variant = models.ForeignKey("catalogue.Variant", on_delete=models.PROTECT, related_name="+")
    storefront = models.ForeignKey("storefronts.Storefront", on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveSmallIntegerField()
    seen_price_centimes = models.PositiveIntegerField(help_text="What it cost when it was put in.")
    put_in_at = models.DateTimeField(default=timezone.now, help_text="When some of it was last put in.")
    put_in_quantity = models.PositiveSmallIntegerField(default=0, help_text="How many were put in then.")

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["cart", "variant"], name="cart_line_once_per_variant"),
            models.CheckConstraint(condition=Q(quantity__gte=1, quantity__lte=MOST_PER_LINE), name="cart_line_quantity_sensible"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} x {self.variant_id}"


class CartGiftBasket(models.Model):
    """So many of an operator's gift basket. What is in it becomes ordinary lines when it is ordered."""

    cart = models.ForeignKey(Cart, on_delete=models.CASCADE, related_name="gift_baskets")
    gift_basket = models.ForeignKey("storefronts.GiftBasket", on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveSmallIntegerField()
    seen_price_centimes = models.PositiveIntegerField(help_text="What one cost when it was put in.")

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["cart", "gift_basket"], name="cart_gift_basket_once"),
            models.CheckConstraint(
                condition=Q(quantity__gte=1, quantity__lte=MOST_GIFT_BASKETS), name="cart_gift_basket_sensible"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} x {self.gift_basket_id}"


class CartDelivery(models.Model):
    """How the buyer wants one cooperative's package. Chosen before paying, never after."""

    cart = models.ForeignKey(Cart, on_delete=models.CASCADE, related_name="deliveries")
    cooperative = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    option_code = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cart", "cooperative"], name="cart_delivery_once_per_cooperative")]

    def __str__(self) -> str:
        return self.option_code
