"""What was sold over the counter. A sale is never deleted: one taken back says so, and by whom."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from twiza.domain.stalls.rules import MOST_PIECES, may_still_be_undone
from twiza.kit import clock
from twiza.kit.quantities import content_label

# How stock movements name a line, before its number.
LINE_REFERENCE = "stall-line:"


class StallSale(models.Model):
    """One buyer, who paid and left with it."""

    class Door(models.TextChoices):
        STALL = "stall", _("on this site")
        TEXT = "text", _("by text message")
        TILL = "till", _("on a phone without network")

    cooperative = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="stall_sales")
    key = models.UUIDField(help_text="Made where it was typed, so that what is sent twice is sold once.")
    door = models.CharField(max_length=5, choices=Door)
    sold_at = models.DateTimeField(help_text="When the buyer left with it.")
    recorded_at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    total_centimes = models.PositiveBigIntegerField()
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-sold_at", "-id")
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "key"], name="stall_sale_once_per_key"),
            models.CheckConstraint(condition=Q(door__in=["stall", "text", "till"]), name="stall_sale_door_known"),
            models.CheckConstraint(condition=Q(sold_at__lte=F("recorded_at")), name="stall_sale_recorded_after_it_happened"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True) | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="stall_sale_undone_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["cooperative", "-sold_at"], name="stall_sale_of_a_day")]

    def __str__(self) -> str:
        return f"{self.cooperative_id}: {self.key}"

    @property
    def is_undone(self) -> bool:
        return self.undone_at is not None

    @property
    def may_be_undone(self) -> bool:
        """Whether it can still be taken back, now."""
        return not self.is_undone and may_still_be_undone(self.recorded_at)


class StallSaleLine(models.Model):
    """So many of one thing, at what was really paid for one."""

    sale = models.ForeignKey(StallSale, on_delete=models.PROTECT, related_name="lines")
    variant = models.ForeignKey("catalogue.Variant", on_delete=models.PROTECT, related_name="+")
    pieces = models.PositiveIntegerField()
    grams = models.PositiveIntegerField(null=True, blank=True, help_text="What the scales said, of what is sold by weight.")
    is_worked_out = models.BooleanField(default=False, help_text="The pieces follow from the weight; nobody said them.")
    price_centimes = models.PositiveIntegerField(help_text="Paid for one; for one portion of what is sold by weight.")
    catalogue_centimes = models.PositiveIntegerField(help_text="What the catalogue asked for one when it was recorded.")
    total_centimes = models.PositiveBigIntegerField()
    missing_pieces = models.PositiveIntegerField(default=0, help_text="Gone, though the count did not have them.")
    was_retired = models.BooleanField(default=False, help_text="Not sold any more when it was recorded.")
    counted_at = models.DateTimeField(null=True, blank=True, help_text="When somebody counted after pieces were missing.")

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(pieces__gte=1, pieces__lte=MOST_PIECES) | Q(is_worked_out=True, pieces=0),
                name="stall_line_has_pieces",
            ),
            models.CheckConstraint(
                condition=Q(is_worked_out=False) | Q(grams__isnull=False), name="stall_line_is_worked_out_from_a_weight"
            ),
            models.CheckConstraint(condition=Q(grams__isnull=True) | Q(grams__gt=0), name="stall_line_weighs_something"),
            models.CheckConstraint(condition=Q(price_centimes__gt=0), name="stall_line_has_a_price"),
            models.CheckConstraint(
                condition=Q(grams__isnull=False) | Q(total_centimes=F("price_centimes") * F("pieces")),
                name="stall_line_total_is_price_times_pieces",
            ),
            models.CheckConstraint(condition=Q(missing_pieces__lte=F("pieces")), name="stall_line_misses_what_it_sold"),
        ]
        indexes = [
            models.Index(
                fields=["variant"], condition=Q(missing_pieces__gt=0, counted_at__isnull=True), name="stall_line_to_be_counted"
            )
        ]

    def __str__(self) -> str:
        return f"{self.variant_id} × {self.pieces}"

    @property
    def reference(self) -> str:
        """How stock movements name it."""
        return f"{LINE_REFERENCE}{self.pk}"

    @property
    def weight(self) -> str:
        """What the scales said, in the reader's language; nothing of what is not sold by weight."""
        return content_label(Decimal(self.grams), "g", get_language() or "fr") if self.grams else ""

    @property
    def was_other_price(self) -> bool:
        return self.price_centimes != self.catalogue_centimes
