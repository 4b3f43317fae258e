"""What a cooperative shows of itself beside its words: photos, its voice, when one may come."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from twiza.foundation.pictures.models import Picture

WEEKDAYS = range(7)  # Monday is 0, as Python counts
MONTHS = range(1, 13)


class PagePhoto(Picture):
    """A picture of the cooperative: its people, its workshop, its land. The first one stands at the head of its page."""

    folder = "cooperatives"

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="photos")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")


class StoryRecording(models.Model):
    """The story in somebody's own voice."""

    class Language(models.TextChoices):
        DARIJA = "ary", _("Darija")
        TACHELHIT = "shi", _("Tachelhit")
        TAMAZIGHT = "tzm", _("Tamazight of the Atlas")
        TARIFIT = "rif", _("Tarifit")
        HASSANIYA = "mey", _("Hassaniya")
        ARABIC = "ar", _("Arabic")
        FRENCH = "fr", _("French")

    organisation = models.OneToOneField("directory.Organisation", on_delete=models.PROTECT, related_name="recording")
    file = models.FileField(upload_to="recordings")
    media_type = models.CharField(max_length=20)
    size_bytes = models.PositiveIntegerField()
    seconds = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Empty where the file does not say.")
    language = models.CharField(max_length=3, choices=Language)
    transcript = models.TextField(blank=True, help_text="The same words written, for whoever cannot hear them.")
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(language__in=["ary", "shi", "tzm", "rif", "mey", "ar", "fr"]), name="recording_language_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.language}"

    @property
    def url(self) -> str:
        return str(self.file.url)

    @property
    def language_name(self) -> str:
        return str(self.get_language_display())


class OpeningTimes(models.Model):
    """When one may come. Whatever is empty is not said."""

    organisation = models.OneToOneField("directory.Organisation", on_delete=models.PROTECT, related_name="opening_times")
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True, help_text="Monday is 0.")
    opens_at = models.TimeField(null=True, blank=True)
    closes_at = models.TimeField(null=True, blank=True)
    souk_weekday = models.PositiveSmallIntegerField(null=True, blank=True, help_text="The day on which they sell at the souk.")
    souk_name = models.CharField(max_length=80, blank=True)
    season_from_month = models.PositiveSmallIntegerField(null=True, blank=True)
    season_until_month = models.PositiveSmallIntegerField(null=True, blank=True)
    closed_from = models.DateField(null=True, blank=True)
    closed_until = models.DateField(null=True, blank=True)
    takes_no_orders = models.BooleanField(default=False, help_text="From closed_from to closed_until nobody can order.")
    said_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(weekdays__contained_by=list(WEEKDAYS)), name="opening_weekdays_known"),
            models.CheckConstraint(
                condition=Q(souk_weekday__isnull=True) | Q(souk_weekday__in=list(WEEKDAYS)), name="opening_souk_weekday_known"
            ),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True, closes_at__isnull=True)
                | Q(opens_at__isnull=False, closes_at__isnull=False, opens_at__lt=models.F("closes_at")),
                name="opening_opens_before_it_closes",
            ),
            models.CheckConstraint(
                condition=Q(season_from_month__isnull=True, season_until_month__isnull=True)
                | Q(season_from_month__isnull=False, season_from_month__in=list(MONTHS))
                & Q(season_until_month__isnull=False, season_until_month__in=list(MONTHS)),
                name="opening_season_has_both_months",
            ),
            models.CheckConstraint(
                condition=Q(closed_from__isnull=True, closed_until__isnull=True)
                | Q(closed_from__isnull=False, closed_until__isnull=False, closed_from__lte=models.F("closed_until")),
                name="opening_closed_begins_before_it_ends",
            ),
            models.CheckConstraint(
                condition=Q(takes_no_orders=False) | Q(closed_from__isnull=False), name="opening_no_orders_while_closed_only"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.weekdays}"
