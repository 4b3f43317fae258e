"""A buyer changed their mind within the legal days, and sends back what may be sent back."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Return(models.Model):
    """What one cooperative gets back, and what it gives back for it. What it refunds is fixed when it is asked for."""

    class State(models.TextChoices):
        REQUESTED = "requested", pgettext_lazy("return", "waits for an answer")
        APPROVED = "approved", pgettext_lazy("return", "awaited by the cooperative")
        REJECTED = "rejected", pgettext_lazy("return", "not accepted")
        RECEIVED = "received", pgettext_lazy("return", "received, to be refunded")
        REFUNDED = "refunded", pgettext_lazy("return", "refunded")

    class Reason(models.TextChoices):
        """Why a cooperative need not take something back. That it changed its mind is none."""

        USED = "used", _("it was used")
        NOT_OURS = "not_ours", _("it is not what we sent")
        NEVER_CAME = "never_came", _("nothing came back")

    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, related_name="returns")
    state = models.CharField(max_length=9, choices=State, default=State.REQUESTED)
    refund_centimes = models.PositiveIntegerField()
    asked_at = models.DateTimeField()
    refund_due_on = models.DateField(help_text="The last day the law leaves for the refund.")
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=10, choices=Reason, blank=True, help_text="Why it is not accepted.")
    received_at = models.DateTimeField(null=True, blank=True)
    refunded_at = models.DateTimeField(null=True, blank=True)
    told_late_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["requested", "approved", "rejected", "received", "refunded"]), name="return_state_known"
            ),
            models.CheckConstraint(condition=Q(state="rejected") ^ Q(reason=""), name="return_rejected_with_a_reason"),
            models.CheckConstraint(
                condition=~Q(state__in=["received", "refunded"]) | Q(received_at__isnull=False), name="return_received_since"
            ),
            models.CheckConstraint(condition=Q(state="refunded") ^ Q(refunded_at__isnull=True), name="return_refunded_since"),
        ]
        indexes = [
            models.Index(
                fields=["refund_due_on"], condition=Q(state__in=["requested", "approved", "received"]), name="return_refund_due"
            )
        ]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.state}"

    @property
    def reference(self) -> str:
        """What its refund is called where money is counted."""
        return f"return:{self.pk}"


class ReturnedLine(models.Model):
    """So many pieces of a line that are sent back. A piece is asked to be sent back once."""

    returned = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="lines")
    line = models.ForeignKey("orders.OrderLine", on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveSmallIntegerField()
    pieces_before = models.PositiveSmallIntegerField(default=0, help_text="So many of the line were asked for before it.")
    refund_centimes = models.PositiveIntegerField(help_text="What of the refund is for these, without the delivery.")

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gte=1), name="returned_line_is_something"),
            models.UniqueConstraint(fields=["returned", "line"], name="returned_line_once_per_return"),
            models.UniqueConstraint(fields=["line", "pieces_before"], name="returned_line_pieces_once"),
        ]

    def __str__(self) -> str:
        return str(self.line_id)
