"""What of an order its cooperative can send, and what the buyer says to that."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from twiza.kit import clock
from twiza.kit.translations import translated


class PartialOffer(models.Model):
    """One question to the buyer, with the amount it is about. Without an answer in time, nothing is sent and nothing owed."""

    class State(models.TextChoices):
        ASKED = "asked", _("the buyer is asked")
        TAKEN = "taken", pgettext_lazy("part", "the buyer takes it")
        LEFT = "left", pgettext_lazy("part", "the buyer does not want it")
        LAPSED = "lapsed", _("the buyer did not answer in time")
        WITHDRAWN = "withdrawn", _("the cooperative decided otherwise")

    order = models.OneToOneField("orders.Order", on_delete=models.PROTECT, related_name="partial_offer")
    state = models.CharField(max_length=9, choices=State, default=State.ASKED)
    delivery_centimes = models.PositiveIntegerField(help_text="Of the smaller parcel; never more than was agreed to.")
    total_centimes = models.PositiveIntegerField(help_text="What this part costs when it is taken.")
    asked_at = models.DateTimeField(auto_now_add=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answer_before = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["asked", "taken", "left", "lapsed", "withdrawn"]), name="partial_offer_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="asked") ^ Q(answered_at__isnull=False), name="partial_offer_asked_or_answered"
            ),
        ]
        indexes = [models.Index(fields=["answer_before"], condition=Q(state="asked"), name="partial_offer_to_lapse")]

    def __str__(self) -> str:
        return self.state

    @property
    def is_open(self) -> bool:
        """The buyer may still answer."""
        return self.state == PartialOffer.State.ASKED and self.answer_before > clock.now()

    @property
    def fewer(self) -> list[PartialOfferLine]:
        """The lines of which not everything comes. Prefetch the lines."""
        return [line for line in self.lines.all() if line.sends < line.was]


class PartialOfferLine(models.Model):
    """How many come of one line. It keeps its own words: what is not sent at all is no line of the order any more."""

    offer = models.ForeignKey(PartialOffer, on_delete=models.PROTECT, related_name="lines")
    line = models.ForeignKey("orders.OrderLine", on_delete=models.SET_NULL, null=True, related_name="+")
    name_fr = models.CharField(max_length=240)
    name_ar = models.CharField(max_length=240)
    was = models.PositiveSmallIntegerField()
    sends = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["offer", "line"], name="partial_offer_line_once"),
            models.CheckConstraint(condition=Q(sends__lte=F("was"), was__gte=1), name="partial_offer_never_more"),
        ]

    def __str__(self) -> str:
        return f"{self.sends}/{self.was} {self.name_fr}"

    @property
    def name(self) -> str:
        return translated(self, "name")
