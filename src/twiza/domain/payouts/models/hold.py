"""What keeps a cooperative's money back: with a reason, for a time, and open to an answer."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

LONGEST = timedelta(days=30)


class PayoutHold(models.Model):
    """Nothing is paid out to the cooperative until it ends or is lifted. The cooperative reads why, and may object once."""

    class Code(models.TextChoices):
        ACCOUNT = "account", pgettext_lazy("why money is held", "the bank account is in doubt")
        COMPLAINT = "complaint", pgettext_lazy("why money is held", "complaints of buyers are open")
        PAPERS = "papers", pgettext_lazy("why money is held", "a paper is missing")
        AMOUNT = "amount", pgettext_lazy("why money is held", "the amount is in doubt")
        ASKED = "asked", pgettext_lazy("why money is held", "the cooperative asked for it")

    cooperative = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="payout_holds")
    code = models.CharField(max_length=9, choices=Code)
    reason = models.CharField(max_length=240)
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    appeal = models.TextField(max_length=1000, blank=True)
    appealed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    appealed_at = models.DateTimeField(null=True)
    answer = models.TextField(max_length=1000, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(code__in=["account", "complaint", "papers", "amount", "asked"]), name="payout_hold_code_known"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="payout_hold_has_a_reason"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("placed_at"), ends_at__lte=F("placed_at") + LONGEST), name="payout_hold_ends"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True) | Q(lifted_by__isnull=False), name="payout_hold_lifted_by_somebody"
            ),
            models.CheckConstraint(condition=Q(answer="") | ~Q(appeal=""), name="payout_hold_answers_an_appeal"),
        ]

    def __str__(self) -> str:
        return f"{self.cooperative_id}: {self.code}"
