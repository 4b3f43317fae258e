"""Whether what we say of a cooperative is still true: what was asked, and what was answered."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from twiza.foundation.accounts.models import Language


class FreshnessQuestion(models.Model):
    """One text to one telephone: is this still true? Its answer is bound to this row, and to no other menu."""

    class State(models.TextChoices):
        OPEN = "open", "open"
        CHANGING = "changing", "something changed, we asked what"
        CLOSING = "closing", "said to be closed, we asked once more"
        CONFIRMED = "confirmed", "confirmed"
        CHANGED = "changed", "changed"
        CLOSED = "closed", "closed"
        LAPSED = "lapsed", "nobody answered in time"

    WAITING = (State.OPEN, State.CHANGING, State.CLOSING)

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="freshness_questions")
    phone = models.CharField(max_length=16, help_text="In E.164.")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+",
        help_text="The member who agreed to be written to; nobody for a number that is on file.",
    )  # fmt: skip
    language = models.CharField(max_length=3, choices=Language)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)
        indexes = [
            models.Index(fields=["phone", "-id"], name="freshness_phone"),
            models.Index(fields=["organisation", "-asked_at"], name="freshness_organisation"),
            models.Index(fields=["asked_at"], name="freshness_asked_at"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["open", "changing", "closing", "confirmed", "changed", "closed", "lapsed"]),
                name="freshness_state_known",
            ),
            models.CheckConstraint(condition=Q(phone__regex=r"^\+[0-9]{6,15}$"), name="freshness_phone_e164"),
            models.UniqueConstraint(
                fields=["phone"], condition=Q(state__in=["open", "changing", "closing"]), name="freshness_one_open_per_phone"
            ),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(state__in=["open", "changing", "closing"]),
                name="freshness_one_open_per_organisation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.state}"

    @property
    def text_key(self) -> str:
        """The key of the text that asked: by it one knows whether anything else was sent since."""
        return f"freshness-asked:{self.pk}"


class ChangeReport(models.Model):
    """A cooperative says that something changed, or that it closed. Somebody of the register looks, and settles it."""

    class Kind(models.TextChoices):
        CHANGED = "changed", _("Something changed")
        CLOSED = "closed", _("Says that it closed")

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        DONE = "done", "done"
        DISMISSED = "dismissed", "dismissed"

    LONGEST_WORDS = 480

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="change_reports")
    kind = models.CharField(max_length=7, choices=Kind)
    words = models.CharField(max_length=LONGEST_WORDS, blank=True)
    question = models.OneToOneField(FreshnessQuestion, on_delete=models.PROTECT, null=True, related_name="report")
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    phone = models.CharField(max_length=16, blank=True, help_text="Whom to call back, in E.164.")
    reported_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)
        indexes = [models.Index(fields=["id"], condition=Q(state="waiting"), name="change_report_waiting")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["changed", "closed"]), name="change_report_kind_known"),
            models.CheckConstraint(condition=Q(state__in=["waiting", "done", "dismissed"]), name="change_report_state_known"),
            models.CheckConstraint(
                condition=Q(state="waiting", settled_by__isnull=True, settled_at__isnull=True)
                | Q(state__in=["done", "dismissed"], settled_by__isnull=False, settled_at__isnull=False),
                name="change_report_settled_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(kind="closed", state="waiting"), name="change_report_one_closing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.kind} {self.state}"
