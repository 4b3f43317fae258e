"""A shop window: a part of the one catalogue, shown under an operator's name. It never has a stock of its own."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext

from twiza.domain.directory.models import Accreditation
from twiza.domain.directory.models.sectors import Sector
from twiza.domain.storefronts.states import StorefrontState
from twiza.kit import clock
from twiza.kit.translations import translated


class Storefront(models.Model):
    slug = models.SlugField(max_length=60, unique=True)
    operator = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="storefronts"
    )
    announces_free_delivery = models.BooleanField(
        default=False, help_text="It said something of free delivery: where it did not, nobody has to look."
    )
    shows_everything = models.BooleanField(default=False, help_text="The national storefront: every cooperative that sells.")
    name_fr = models.CharField(max_length=80)
    name_ar = models.CharField(max_length=80)
    name_zgh = models.CharField(max_length=80, blank=True)
    name_en = models.CharField(max_length=80, blank=True)
    welcome_fr = models.CharField(max_length=240, blank=True)
    welcome_ar = models.CharField(max_length=240, blank=True)
    welcome_en = models.CharField(max_length=240, blank=True)
    phone = models.CharField(max_length=16, blank=True)
    state = models.CharField(max_length=6, choices=StorefrontState, default=StorefrontState.DRAFT)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField(null=True, blank=True)
    looks_first = models.BooleanField(default=False, help_text="New products are shown once the operator has looked at them.")

    class Meta:
        ordering = ("slug",)
        constraints = [
            models.UniqueConstraint(
                fields=["shows_everything"], condition=Q(shows_everything=True), name="storefront_one_national"
            ),
            models.CheckConstraint(
                condition=Q(shows_everything=True) | Q(operator__isnull=False), name="storefront_has_an_operator"
            ),
            models.CheckConstraint(
                condition=Q(closes_at__isnull=True) | Q(closes_at__gt=models.F("opens_at")),
                name="storefront_closes_after_it_opens",
            ),
            models.CheckConstraint(condition=Q(state__in=["draft", "open", "closed"]), name="storefront_state_known"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open_now(self) -> bool:
        """Everybody may visit it at this moment."""
        now = clock.now()
        return self.state == StorefrontState.OPEN and self.opens_at <= now and (self.closes_at is None or self.closes_at > now)

    @property
    def name(self) -> str:
        return translated(self, "name")

    @property
    def welcome(self) -> str:
        return translated(self, "welcome")


class StorefrontCooperative(models.Model):
    """A cooperative whose products this storefront shows, or leaves out although a rule would show it."""

    storefront = models.ForeignKey(Storefront, on_delete=models.CASCADE, related_name="chosen")
    cooperative = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="shown_in")
    position = models.PositiveSmallIntegerField(default=0)
    is_left_out = models.BooleanField(default=False)

    class Meta:
        ordering = ("position", "id")
        constraints = [models.UniqueConstraint(fields=["storefront", "cooperative"], name="storefront_shows_a_cooperative_once")]

    def __str__(self) -> str:
        return f"{self.storefront_id}: {self.cooperative_id}"


class StorefrontRule(models.Model):
    """It shows every cooperative for which all of this holds, also those that come later."""

    storefront = models.ForeignKey(Storefront, on_delete=models.CASCADE, related_name="rules")
    region = models.ForeignKey("places.Region", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    province = models.ForeignKey("places.Province", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sector = models.CharField(max_length=4, blank=True, choices=Sector)
    label = models.CharField(max_length=14, blank=True, choices=Accreditation.Scheme)
    is_womens = models.BooleanField(default=False)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(region__isnull=False) | Q(province__isnull=False) | ~Q(sector="") | ~Q(label="") | Q(is_womens=True),
                name="storefront_rule_says_something",
            ),
            models.UniqueConstraint(
                fields=["storefront", "region", "province", "sector", "label", "is_womens"],
                name="storefront_rule_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        place = self.province or self.region
        said = [
            place.name if place else "",
            self.get_sector_display() if self.sector else "",
            self.get_label_display() if self.label else "",
            gettext("Women's cooperatives") if self.is_womens else "",
        ]
        return " · ".join(str(words) for words in said if words)
