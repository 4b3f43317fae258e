"""How much has to be ordered from a cooperative before it packs a parcel."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

MOST_LEAST_CENTIMES = 100_000


class LeastOrder(models.Model):
    """A cooperative without one sends the smallest thing."""

    cooperative = models.OneToOneField("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    centimes = models.PositiveIntegerField(help_text="Of its products, without delivery and before coupons.")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(centimes__gte=1, centimes__lte=MOST_LEAST_CENTIMES), name="least_order_sensible")
        ]

    def __str__(self) -> str:
        return f"{self.cooperative_id}: {self.centimes}"
