"""What a parcel costs from one place to another, and where it may be fetched."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from twiza.kit.translations import translated


class Zone(models.TextChoices):
    """How far, seen from the cooperative."""

    LOCAL = "local", _("same province")
    REGIONAL = "regional", _("same region")
    NATIONAL = "national", _("another region")
    REMOTE = "remote", _("remote commune")


class Tariff(models.Model):
    """A dated row of a carrier's price table. Rows are added for days to come; those of days that are over never change.

    The market's own rows name no operator. An operator's rows hold for what is chosen in its storefronts.
    """

    operator = models.ForeignKey(
        "directory.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Whose table it is.",
    )
    carrier = models.CharField(max_length=30, help_text="The carrier's code, as `tariff_table`.")
    zone = models.CharField(max_length=8, choices=Zone)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    base_centimes = models.PositiveIntegerField()
    included_grams = models.PositiveIntegerField(help_text="Carried for the base price.")
    extra_kilogram_centimes = models.PositiveIntegerField()
    cash_fee_centimes = models.PositiveIntegerField(help_text="Asked when the parcel is paid on delivery.")
    return_centimes = models.PositiveIntegerField(
        default=0, help_text="Asked of the cooperative when nobody takes the parcel and it comes back."
    )
    is_contracted = models.BooleanField(default=False, help_text="Signed with the carrier; else the row is indicative.")
    days_at_least = models.PositiveSmallIntegerField()
    days_at_most = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("carrier", "zone", "-valid_from")
        constraints = [
            models.UniqueConstraint(
                fields=["operator", "carrier", "zone", "valid_from"], nulls_distinct=False, name="tariff_once_per_day"
            ),
            models.CheckConstraint(condition=Q(zone__in=["local", "regional", "national", "remote"]), name="tariff_zone_known"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")), name="tariff_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=Q(days_at_most__gte=F("days_at_least")), name="tariff_days_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.carrier} {self.zone}"

    @property
    def included_kilograms(self) -> int:
        return self.included_grams // 1000


class PickupPoint(models.Model):
    """Where a buyer fetches a cooperative's parcel: the workshop, a depot, a stall on souk day."""

    cooperative = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="pickup_points")
    commune = models.ForeignKey("places.Commune", on_delete=models.PROTECT, related_name="+")
    name_fr = models.CharField(max_length=120)
    name_ar = models.CharField(max_length=120)
    landmark = models.CharField(max_length=160, blank=True)
    opening_fr = models.CharField(max_length=120, blank=True)
    opening_ar = models.CharField(max_length=120, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return translated(self, "name")

    @property
    def opening(self) -> str:
        return translated(self, "opening")
