"""How an order comes along: its parcel, and each step somebody took."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Fulfilment(models.Model):
    """The cooperative's parcel, from the workshop to the door."""

    class Status(models.TextChoices):
        PENDING = "pending", _("not prepared yet")
        READY = "ready", _("ready")
        HANDED_OVER = "handed_over", _("on its way")
        IN_TRANSIT = "in_transit", pgettext_lazy("parcel", "with the carrier")
        DELIVERED = "delivered", _("delivered")
        REFUSED = "refused", pgettext_lazy("parcel", "on its way back")
        LOST = "lost", pgettext_lazy("parcel", "lost")
        RETURNED = "returned", pgettext_lazy("parcel", "back at the cooperative")
        CANCELLED = "cancelled", _("cancelled")

    order = models.OneToOneField("orders.Order", on_delete=models.PROTECT, related_name="fulfilment")
    status = models.CharField(max_length=11, choices=Status, default=Status.PENDING)
    carrier = models.CharField(max_length=30)
    option_code = models.CharField(max_length=40)
    point_name = models.CharField(max_length=240, blank=True, help_text="Where the buyer fetches it, when he does.")
    together_at = models.ForeignKey(
        "delivery.PickupPoint",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The buyer fetches it there at once with the other parcels of the same purchase that name it.",
    )
    sent_from = models.ForeignKey(
        "delivery.PickupPoint",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="It is brought there, and goes on as one parcel with those of the same purchase that name it.",
    )
    bring_by = models.DateField(null=True, blank=True, help_text="By this day it is there.")
    weight_grams = models.PositiveIntegerField()
    days_at_least = models.PositiveSmallIntegerField()
    days_at_most = models.PositiveSmallIntegerField()
    return_centimes = models.PositiveIntegerField(default=0, help_text="The cooperative pays it when the parcel comes back.")
    free_centimes = models.PositiveIntegerField(default=0, help_text="What its storefront took off the price of sending.")
    free_cooperative_centimes = models.PositiveIntegerField(default=0, help_text="And what of that the cooperative bears.")
    promised_from = models.DateField(null=True, blank=True, help_text="The buyer was promised it not before this day.")
    promised_until = models.DateField(null=True, blank=True, help_text="And by this day.")
    allows_opening = models.BooleanField(default=False, help_text="The buyer may open it before paying.")
    tracking = models.CharField(max_length=60, blank=True)
    ready_at = models.DateTimeField(null=True, blank=True)
    handed_over_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    status__in=[
                        "pending",
                        "ready",
                        "handed_over",
                        "in_transit",
                        "delivered",
                        "refused",
                        "lost",
                        "returned",
                        "cancelled",
                    ]
                ),
                name="fulfilment_status_known",
            ),
            models.CheckConstraint(
                condition=Q(free_cooperative_centimes__lte=F("free_centimes")), name="fulfilment_free_share_within_whole"
            ),
            models.CheckConstraint(
                condition=Q(sent_from__isnull=True, bring_by__isnull=True)
                | Q(sent_from__isnull=False, bring_by__isnull=False, point_name=""),
                name="fulfilment_joined_says_where_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["refused", "returned"]) | Q(refused_at__isnull=False),
                name="fulfilment_comes_back_since",
            ),
        ]
        indexes = [models.Index(fields=["refused_at"], condition=Q(status="refused"), name="fulfilment_coming_back")]

    def __str__(self) -> str:
        return self.status

    @property
    def is_fetched(self) -> bool:
        return bool(self.point_name)

    @property
    def is_sent_on(self) -> bool:
        """It is brought to a neighbour's point first."""
        return self.sent_from_id is not None

    @property
    def sent_from_place(self) -> str:
        """Where it is brought first, and whose that is. Select `sent_from` with its commune and cooperative."""
        point = self.sent_from
        return f"{point.name} ({point.cooperative.name}), {point.commune.name}" if point else ""


class Step(models.Model):
    """One thing that happened to an order, as the buyer and the cooperative may read it. Added, never changed."""

    class What(models.TextChoices):
        PLACED = "placed", _("Order placed")
        PAID = "paid", _("Paid")
        UNPAID = "unpaid", _("Not paid in time")
        CONFIRMED = "confirmed", _("Confirmed by the buyer")
        ACCEPTED = "accepted", _("Accepted by the cooperative")
        OFFERED = "offered", _("Only a part can be sent: the buyer is asked")
        LEFT = "left", _("The buyer did not want a part")
        LAPSED = "lapsed", _("The buyer did not answer in time")
        DECLINED = "declined", _("Declined by the cooperative")
        UNANSWERED = "unanswered", _("Not answered in time")
        UNCONFIRMED = "unconfirmed", _("Not confirmed in time")
        READY = "ready", _("Parcel ready")
        HANDED_OVER = "handed_over", _("Parcel on its way")
        IN_TRANSIT = "in_transit", _("Parcel with the carrier")
        DELIVERED = "delivered", _("Delivered")
        REFUSED = "refused", _("Parcel not taken")
        LOST = "lost", _("Parcel lost")
        RETURNED = "returned", _("Parcel back at the cooperative")

    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, related_name="steps")
    what = models.CharField(max_length=11, choices=What)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=6)

    class Meta:
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["order", "what"], name="order_step_once")]

    def __str__(self) -> str:
        return self.what
