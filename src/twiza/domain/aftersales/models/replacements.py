"""What is sent again, at no price, because something was wrong with it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Replacement(models.Model):
    """A parcel of its own, with the pieces that a complaint is about. The order and what was paid stay as they are."""

    class Status(models.TextChoices):
        PENDING = "pending", _("not prepared yet")
        HANDED_OVER = "handed_over", _("on its way")
        DELIVERED = "delivered", _("delivered")
        LOST = "lost", pgettext_lazy("parcel", "lost")
        CANCELLED = "cancelled", _("cancelled")

    complaint = models.ForeignKey("aftersales.Complaint", on_delete=models.PROTECT, related_name="replacements")
    quantity = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=11, choices=Status, default=Status.PENDING)
    promised_at = models.DateTimeField()
    send_due_on = models.DateField(help_text="The last day for it to leave.")
    tracking = models.CharField(max_length=60, blank=True)
    handed_over_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["pending", "handed_over", "delivered", "lost", "cancelled"]),
                name="replacement_status_known",
            ),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="replacement_of_something"),
            models.CheckConstraint(
                condition=Q(status__in=["pending", "cancelled"]) ^ Q(handed_over_at__isnull=False), name="replacement_left_since"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["pending", "handed_over"]) ^ Q(ended_at__isnull=False), name="replacement_ended_since"
            ),
            models.UniqueConstraint(
                fields=["complaint"], condition=~Q(status__in=["lost", "cancelled"]), name="replacement_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.complaint_id}: {self.status}"

    @property
    def cause(self) -> str:
        """What its stock movements are called: part of the line, so that whoever was sent a lot is found."""
        return f"order-line:{self.complaint.line_id} replacement:{self.pk}"
