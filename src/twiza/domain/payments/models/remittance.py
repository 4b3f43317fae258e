"""Cash that its holder handed over: what was said of each parcel, and what it settled."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Sum
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from twiza.domain.payments.models.cash import CashCollection, HolderKind

MOST_TEXT = 80


class Remittance(models.Model):
    """Somebody handed over cash. A carrier says it by its list; between people one says it and another one confirms."""

    class State(models.TextChoices):
        SAID = "said", pgettext_lazy("cash", "said, not confirmed yet")
        CONFIRMED = "confirmed", pgettext_lazy("cash", "confirmed")
        DENIED = "denied", pgettext_lazy("cash", "denied")

    holder_kind = models.CharField(max_length=12, choices=HolderKind)
    holder = models.CharField(max_length=40, help_text="A carrier's code, `cooperative:5` or `pickup:3`.")
    held_by = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    to = models.ForeignKey(
        "directory.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The cooperative that was given it; empty: the market.",
    )
    reference = models.CharField(max_length=60, help_text="How its holder calls it.")
    on = models.DateField()
    received_centimes = models.PositiveIntegerField(help_text="What came in.")
    fingerprint = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the carrier's file.")
    state = models.CharField(max_length=9, choices=State)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField(auto_now_add=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(fields=["holder_kind", "holder", "reference"], name="remittance_once_by_reference"),
            models.UniqueConstraint(
                fields=["holder_kind", "holder", "fingerprint"],
                condition=~Q(fingerprint=""),
                name="remittance_file_once",
            ),
            models.CheckConstraint(condition=Q(state__in=["said", "confirmed", "denied"]), name="remittance_state_known"),
            models.CheckConstraint(
                condition=Q(holder_kind="carrier", held_by__isnull=True)
                | Q(holder_kind__in=["cooperative", "pickup_point"], held_by__isnull=False),
                name="remittance_has_one_holder",
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=F("said_by")), name="remittance_takes_two_people"
            ),
            models.CheckConstraint(
                condition=Q(holder_kind="carrier") | Q(state="said") ^ Q(answered_by__isnull=False),
                name="remittance_between_people_is_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holder} {self.reference}"

    @property
    def kept_centimes(self) -> int:
        """What the carrier kept for itself of the parcels that we know."""
        counted = self.lines.filter(became__in=RemittanceLine.COUNTED)
        return counted.aggregate(all=Sum("fee_centimes"))["all"] or 0


class RemittanceLine(models.Model):
    """One row of what was said. Whatever settles nothing is kept, and says why."""

    class Became(models.TextChoices):
        SAID = "said", pgettext_lazy("cash", "waits to be confirmed")
        SETTLED = "settled", pgettext_lazy("cash", "as it should be")
        TOO_LITTLE = "too_little", _("less than the buyer paid")
        TOO_MUCH = "too_much", _("more than the buyer paid")
        NOT_DELIVERED = "not_delivered", _("nobody told us that it was delivered")
        REFUSED = "refused", _("the buyer did not take it, as we were told")
        ALREADY = "already", _("handed over before")
        DOUBLED = "doubled", _("twice in this list")
        UNKNOWN = "unknown", _("no parcel of this carrier has this number")
        AMBIGUOUS = "ambiguous", _("several parcels have this number")
        UNREADABLE = "unreadable", _("the amount cannot be read")
        DENIED = "denied", pgettext_lazy("cash", "not handed over")

    # Those whose money is what the buyer of that parcel paid, or will be found to have paid.
    COUNTED = frozenset({Became.SETTLED, Became.TOO_LITTLE, Became.TOO_MUCH, Became.NOT_DELIVERED})

    remittance = models.ForeignKey(Remittance, on_delete=models.PROTECT, related_name="lines")
    row = models.PositiveIntegerField(help_text="On which row of the list it stands.")
    text = models.CharField(max_length=MOST_TEXT, help_text="The parcel's number as it was written.")
    collection = models.ForeignKey(CashCollection, on_delete=models.PROTECT, null=True, blank=True, related_name="lines")
    became = models.CharField(max_length=13, choices=Became)
    collected_centimes = models.PositiveIntegerField(default=0, help_text="What the buyer paid, as the holder says.")
    fee_centimes = models.PositiveIntegerField(default=0, help_text="What the carrier kept for itself.")
    remitted_centimes = models.PositiveIntegerField(default=0, help_text="What was handed over.")
    shortage_centimes = models.PositiveIntegerField(default=0, help_text="What is still missing of what the buyer paid.")

    class Meta:
        ordering = ("row", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    became__in=[
                        "said",
                        "settled",
                        "too_little",
                        "too_much",
                        "not_delivered",
                        "refused",
                        "already",
                        "doubled",
                        "unknown",
                        "ambiguous",
                        "unreadable",
                        "denied",
                    ]
                ),
                name="remittance_line_known",
            ),
            models.CheckConstraint(
                condition=Q(became__in=["unknown", "ambiguous", "unreadable"]) ^ Q(collection__isnull=False),
                name="remittance_line_is_of_a_parcel",
            ),
            models.CheckConstraint(
                condition=Q(became="too_little", shortage_centimes__gt=0) | Q(~Q(became="too_little"), shortage_centimes=0),
                name="remittance_line_short_of_something",
            ),
            models.UniqueConstraint(
                fields=["collection"],
                condition=Q(became__in=["settled", "too_much", "not_delivered", "said"]),
                name="remittance_line_settles_once",
            ),
        ]
        indexes = [models.Index(fields=["remittance", "became"], name="remittance_line_by_outcome")]

    def __str__(self) -> str:
        return f"{self.text}: {self.remitted_centimes}"

    @property
    def paid_over_centimes(self) -> int:
        """What the holder owes less by it: what it handed over, and what it kept by agreement."""
        return self.remitted_centimes + self.fee_centimes
