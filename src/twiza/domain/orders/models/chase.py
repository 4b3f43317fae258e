"""What was done because a cooperative did not answer."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy


class Chase(models.Model):
    """One step towards an answer, taken once for an order. Rows are added, never changed."""

    class Step(models.TextChoices):
        """In the order in which they are taken."""

        REMINDED = "reminded", pgettext_lazy("answer", "asked again")
        REMINDED_AGAIN = "again", pgettext_lazy("answer", "asked a last time")
        LATE = "late", pgettext_lazy("answer", "late: the buyer and the operator were told")
        AGENT = "agent", pgettext_lazy("answer", "its agents were told")
        GIVEN_UP = "given_up", pgettext_lazy("answer", "given up: cancelled for the buyer")

    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, related_name="chases")
    step = models.CharField(max_length=8, choices=Step)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["order", "step"], name="chase_step_once"),
            models.CheckConstraint(
                condition=Q(step__in=["reminded", "again", "late", "agent", "given_up"]), name="chase_step_known"
            ),
        ]

    def __str__(self) -> str:
        return self.step
