"""What a parcel costs from one place to another, and where it may be fetched."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.dates import WEEKDAYS
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
    cm3_per_kilogram = models.PositiveIntegerField(
        null=True, blank=True, help_text="So large a parcel counts as a kilo at least. Empty: only its weight counts."
    )
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
            models.CheckConstraint(
                condition=Q(cm3_per_kilogram__isnull=True) | Q(cm3_per_kilogram__gt=0), name="tariff_volume_counts_for_something"
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

    class Kind(models.TextChoices):
        WORKSHOP = "workshop", _("workshop of the cooperative")
        SOUK = "souk", _("stall at the souk")
        DEPOT = "depot", _("depot or bus station")
        SHOP = "shop", _("shop")

    cooperative = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="pickup_points")
    commune = models.ForeignKey("places.Commune", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.WORKSHOP)
    name_fr = models.CharField(max_length=120)
    name_ar = models.CharField(max_length=120)
    landmark = models.CharField(max_length=160, blank=True)
    weekdays = ArrayField(
        models.PositiveSmallIntegerField(), default=list, blank=True, help_text="Monday is 0. Empty: every day."
    )
    opens_at = models.TimeField(null=True, blank=True)
    closes_at = models.TimeField(null=True, blank=True)
    closed_from = models.DateField(null=True, blank=True, help_text="The first day of a closing.")
    closed_until = models.DateField(null=True, blank=True, help_text="Its last day.")
    opening_fr = models.CharField(max_length=120, blank=True, help_text="In words of its own, when days and hours do not say it.")
    opening_ar = models.CharField(max_length=120, blank=True)
    takes_others = models.BooleanField(default=False, help_text="Other cooperatives may hand over their parcels here.")
    sends_on = models.BooleanField(
        default=False, help_text="And whoever keeps it sends parcels of several for one buyer on, as one parcel."
    )
    closed_at = models.DateTimeField(null=True, blank=True, help_text="Nobody is sent there any more.")

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["workshop", "souk", "depot", "shop"]), name="point_kind_known"),
            models.CheckConstraint(condition=Q(weekdays__contained_by=list(WEEKDAYS)), name="point_weekdays_known"),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True, closes_at__isnull=True)
                | Q(opens_at__isnull=False, closes_at__isnull=False, opens_at__lt=F("closes_at")),
                name="point_opens_before_it_closes",
            ),
            models.CheckConstraint(
                condition=Q(closed_from__isnull=True, closed_until__isnull=True)
                | Q(closed_from__isnull=False, closed_until__isnull=False, closed_from__lte=F("closed_until")),
                name="point_closing_begins_before_it_ends",
            ),
            models.CheckConstraint(condition=Q(sends_on=False) | Q(takes_others=True), name="point_sends_on_what_it_takes"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return translated(self, "name")

    @property
    def opening(self) -> str:
        """Its own words; `rules.opening_of` says days and hours."""
        return translated(self, "opening")


class HandOver(models.Model):
    """A cooperative brings its parcels to another's point too: a buyer of both comes once."""

    cooperative = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    point = models.ForeignKey(PickupPoint, on_delete=models.PROTECT, related_name="hand_overs")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cooperative", "point"], name="handed_over_there_once")]

    def __str__(self) -> str:
        return f"{self.cooperative_id} {self.point_id}"


class SendingTerms(models.Model):
    """How a cooperative sends: on which days parcels leave, what it takes upon itself, what a buyer may do."""

    cooperative = models.OneToOneField("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    weekdays = ArrayField(
        models.PositiveSmallIntegerField(),
        default=list,
        blank=True,
        help_text="Parcels leave on these. Monday is 0. Empty: Monday to Friday.",
    )
    cut_off = models.TimeField(null=True, blank=True, help_text="What is ordered later in the day counts from the next day.")
    free_from_centimes = models.PositiveIntegerField(
        null=True, blank=True, help_text="From this amount of its products on, the cooperative pays for sending."
    )
    allows_opening = models.BooleanField(default=False, help_text="The buyer may open the parcel before paying.")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(weekdays__contained_by=list(WEEKDAYS)), name="sending_weekdays_known"),
            models.CheckConstraint(
                condition=Q(free_from_centimes__isnull=True) | Q(free_from_centimes__gt=0), name="sending_is_free_from_something"
            ),
        ]

    def __str__(self) -> str:
        return str(self.cooperative_id)


class Holiday(models.Model):
    """A day on which no carrier moves. Those of the moon are added when they are announced."""

    day = models.DateField(unique=True)
    name_fr = models.CharField(max_length=80)
    name_ar = models.CharField(max_length=80)

    class Meta:
        ordering = ("day",)

    def __str__(self) -> str:
        return translated(self, "name")
