"""That a buyer was asked what they think, and that somebody finds a review wrong."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from twiza.domain.reviews.models.review import Hiding, Review
from twiza.kit import clock


class ReviewRequest(models.Model):
    """A buyer was asked about an order. Once."""

    group = models.OneToOneField("orders.OrderGroup", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return str(self.group_id)


class ReviewReport(models.Model):
    """Somebody who reads a review finds that it should not be shown. Nothing of who it was is kept."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="reports")
    reason = models.CharField(max_length=9, choices=Hiding)
    reported_at = models.DateTimeField(default=clock.now)
    settled_at = models.DateTimeField(null=True, blank=True, help_text="The operator decided: hidden, or kept.")

    class Meta:
        ordering = ("id",)
        constraints = [models.CheckConstraint(condition=Q(reason__in=Hiding.values), name="review_report_says_why")]
        indexes = [models.Index(fields=["review"], condition=Q(settled_at__isnull=True), name="review_report_open")]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.reason}"
