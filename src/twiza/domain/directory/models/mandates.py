"""An agent keys in for a cooperative that allowed it."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from twiza.domain.directory.models.claims import number_of
from twiza.domain.directory.states import MandateState
from twiza.kit.clock import now

# A cooperative has a week to answer; then the question is over.
ANSWER_WITHIN = timedelta(days=7)


class Mandate(models.Model):
    """Asked by an agent, granted by the cooperative, for a year at most. Whoever may end it may end it at any time."""

    class Scope(models.TextChoices):
        SHOP = "shop", _("Orders, stock, prices and products")

    organisation = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="mandates")
    agent = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mandates")
    employer = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    scope = models.CharField(
        max_length=4, choices=Scope, default=Scope.SHOP, help_text="What was allowed; never people or money."
    )
    state = models.CharField(max_length=7, choices=MandateState, default=MandateState.ASKED)
    asked_at = models.DateTimeField(auto_now_add=True)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    granted_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        indexes = [models.Index(fields=["agent"], condition=Q(state="granted"), name="mandate_of_agent")]
        constraints = [
            models.CheckConstraint(condition=Q(scope__in=["shop"]), name="mandate_scope_known"),
            models.CheckConstraint(condition=Q(state__in=MandateState.values), name="mandate_state_known"),
            models.CheckConstraint(
                condition=~Q(state="granted") | Q(granted_by__isnull=False, granted_at__isnull=False, ends_at__isnull=False),
                name="mandate_granted_says_by_whom_until_when",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["refused", "revoked"]) | Q(revoked_at__isnull=False), name="mandate_revoked_says_when"
            ),
            models.UniqueConstraint(
                fields=["organisation", "agent"], condition=Q(state__in=["asked", "granted"]), name="mandate_live_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agent_id} for {self.organisation_id}: {self.state}"

    @property
    def number(self) -> str:
        """By which members name it in a text."""
        return number_of(self.pk)

    @property
    def is_over(self) -> bool:
        """Time ended it: a year after it was granted, or a week after it was asked and not answered."""
        if self.state == MandateState.GRANTED:
            return self.ends_at is None or self.ends_at <= now()
        return self.state == MandateState.ASKED and self.asked_at <= now() - ANSWER_WITHIN
