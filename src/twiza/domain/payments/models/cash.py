"""Cash that is paid at the door: who holds it from the moment the parcel leaves until it is with us."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy


class HolderKind(models.TextChoices):
    CARRIER = "carrier", pgettext_lazy("who holds cash", "a carrier")
    COOPERATIVE = "cooperative", pgettext_lazy("who holds cash", "the cooperative itself")
    PICKUP_POINT = "pickup_point", pgettext_lazy("who holds cash", "a pick-up point of another cooperative")
    PLATFORM = "platform", pgettext_lazy("who holds cash", "the platform")


class CashCollection(models.Model):
    """What whoever brings a parcel asks of its buyer. It begins when the parcel leaves, and its holder never changes."""

    class State(models.TextChoices):
        EXPECTED = "expected", pgettext_lazy("cash", "on the way to the buyer")
        COLLECTED = "collected", pgettext_lazy("cash", "paid by the buyer")
        REMITTED = "remitted", pgettext_lazy("cash", "handed over")
        RECONCILED = "reconciled", pgettext_lazy("cash", "handed over and counted")
        SHORT = "short", pgettext_lazy("cash", "handed over in part")
        REFUSED = "refused", pgettext_lazy("cash", "never paid")

    part = models.CharField(max_length=40, unique=True, help_text="Of which part of a payment, as `order:91`.")
    cooperative = models.ForeignKey(
        "directory.Organisation", on_delete=models.PROTECT, related_name="+", help_text="Whose sale it is."
    )
    holder_kind = models.CharField(max_length=12, choices=HolderKind)
    holder = models.CharField(max_length=40, blank=True, help_text="A carrier's code, `cooperative:5` or `pickup:3`.")
    held_by = models.ForeignKey(
        "directory.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The cooperative that holds it, or whose pick-up point does.",
    )
    expected_centimes = models.PositiveIntegerField()
    collected_centimes = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State, default=State.EXPECTED)
    left_at = models.DateTimeField(help_text="When the parcel left with it to collect.")
    collected_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["expected", "collected", "remitted", "reconciled", "short", "refused"]),
                name="cash_state_known",
            ),
            models.CheckConstraint(
                condition=Q(holder_kind__in=["carrier", "platform"], held_by__isnull=True)
                | Q(holder_kind__in=["cooperative", "pickup_point"], held_by__isnull=False),
                name="cash_has_one_holder",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["expected", "refused"], collected_at__isnull=True, collected_centimes=0)
                | Q(state__in=["collected", "remitted", "reconciled", "short"], collected_at__isnull=False),
                name="cash_is_collected_once",
            ),
            models.CheckConstraint(condition=Q(expected_centimes__gt=0), name="cash_is_of_something"),
        ]
        indexes = [
            models.Index(
                fields=["holder_kind", "holder", "left_at"],
                condition=Q(state__in=["expected", "collected", "short"]),
                name="cash_in_the_field",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part}: {self.expected_centimes}"
