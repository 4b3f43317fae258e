"""A wish to be paid on another bank account. It takes two people and 72 hours."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

# How long everybody may still say no, whoever approved: two nights and a market day.
WAITING = timedelta(hours=72)


class BankDetailsChange(models.Model):
    """The account itself is an Identifier once this is applied. Outside this row only its last four figures are said."""

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("change of bank account", "waits for a second person")
        APPROVED = "approved", pgettext_lazy("change of bank account", "approved, and waits its 72 hours")
        REFUSED = "refused", pgettext_lazy("change of bank account", "refused")
        APPLIED = "applied", pgettext_lazy("change of bank account", "in use")
        CANCELLED = "cancelled", pgettext_lazy("change of bank account", "stopped")

    OPEN = (State.ASKED, State.APPROVED)

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="bank_changes")
    rib = models.CharField(max_length=24)
    state = models.CharField(max_length=9, choices=State, default=State.ASKED)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    not_before = models.DateTimeField()
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["asked", "approved", "refused", "applied", "cancelled"]), name="bank_change_state_known"
            ),
            models.CheckConstraint(condition=Q(rib__regex=r"^[0-9]{24}$"), name="bank_change_rib_has_24_digits"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("asked_by")), name="bank_change_takes_two_people"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "applied"]) | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="bank_change_approved_by_somebody",
            ),
            models.CheckConstraint(condition=Q(not_before__gte=F("asked_at") + WAITING), name="bank_change_waits_72_hours"),
            models.CheckConstraint(
                condition=~Q(state="applied") | Q(ended_at__gte=F("not_before")), name="bank_change_applied_after_its_wait"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "approved"]) | Q(ended_at__isnull=False), name="bank_change_ended_at_a_moment"
            ),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(state__in=["asked", "approved"]), name="bank_change_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"rib:…{self.last_four} {self.state}"

    @property
    def last_four(self) -> str:
        """All that is said of the account in words, texts and records."""
        return self.rib[-4:]

    @property
    def is_open(self) -> bool:
        """It may still be approved, refused, stopped or applied."""
        return self.state in self.OPEN
