"""Stock in three words: on hand (what a person can count), allocated (promised to placed orders),
held (in somebody's checkout). Saleable is what remains.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class StockLevel(models.Model):
    variant = models.OneToOneField("catalogue.Variant", on_delete=models.PROTECT, related_name="stock")
    on_hand = models.PositiveIntegerField(default=0)
    allocated = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(on_hand__gte=0, allocated__gte=0, held__gte=0), name="stock_never_negative"),
            models.CheckConstraint(condition=Q(on_hand__gte=F("allocated") + F("held")), name="stock_promises_are_on_hand"),
        ]

    def __str__(self) -> str:
        return f"{self.variant_id}: {self.on_hand}"

    @property
    def saleable(self) -> int:
        return self.on_hand - self.allocated - self.held


class StockMovement(models.Model):
    """Why a level changed. Rows are added, never changed; their sums are the level."""

    class Kind(models.TextChoices):
        RECEIVED = "received", _("received")
        COUNTED = "counted", _("counted")
        ALLOCATED = "allocated", _("promised to an order")
        RELEASED = "released", _("promise taken back")
        DISPATCHED = "dispatched", _("left with a parcel")

    level = models.ForeignKey(StockLevel, on_delete=models.PROTECT, related_name="movements")
    kind = models.CharField(max_length=10, choices=Kind)
    on_hand_change = models.IntegerField(default=0)
    allocated_change = models.IntegerField(default=0)
    reference = models.CharField(max_length=60, blank=True, help_text="The cause, as `order-line:12`.")
    reason = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "reference", "level"], condition=~Q(reference=""), name="stock_moves_once_per_cause"
            ),
            models.CheckConstraint(condition=~Q(on_hand_change=0, allocated_change=0), name="stock_movement_moves"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.on_hand_change:+d}"


class StockHold(models.Model):
    """Kept for a basket in checkout, until a moment. A basket's holds are replaced, not added to."""

    level = models.ForeignKey(StockLevel, on_delete=models.CASCADE, related_name="holds")
    owner = models.CharField(max_length=60, help_text="As `cart:12`.")
    quantity = models.PositiveIntegerField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "level"], name="stock_hold_once_per_owner"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="stock_hold_holds"),
        ]
        indexes = [models.Index(fields=["expires_at"], name="stock_hold_expiry")]

    def __str__(self) -> str:
        return f"{self.owner}: {self.quantity}"
