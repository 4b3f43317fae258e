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
# So many answers with a wrong number from the telephone that was asked, and the question is over: nobody may go on guessing.
MOST_WRONG_ANSWERS = 5


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
    asked_phone = models.CharField(
        max_length=16, blank=True, help_text="The number on file that was asked, while nobody belonged to the cooperative."
    )
    asked_number = models.CharField(
        max_length=6, blank=True, help_text="What the answer from there must name. Only the text says it, never a screen."
    )
    wrong_answers = models.PositiveSmallIntegerField(default=0)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    granted_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        indexes = [
            models.Index(fields=["agent"], condition=Q(state="granted"), name="mandate_of_agent"),
            models.Index(fields=["asked_phone"], condition=~Q(asked_phone=""), name="mandate_asked_phone"),
        ]
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
            models.CheckConstraint(
                condition=Q(asked_phone="", asked_number="") | (~Q(asked_phone="") & ~Q(asked_number="")),
                name="mandate_asked_by_telephone_has_a_number",
            ),
            models.UniqueConstraint(
                fields=["organisation", "agent"], condition=Q(state__in=["asked", "granted"]), name="mandate_live_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agent_id} for {self.organisation_id}: {self.state}"

    @property
    def number(self) -> str:
        """By which members name it in a text; asked of a number on file, what nobody can know who did not read that text."""
        return self.asked_number or number_of(self.pk)

    @property
    def is_over(self) -> bool:
        """A year has gone since it was granted, or a week since it was asked; or somebody tried to guess its number."""
        if self.state == MandateState.GRANTED:
            return self.ends_at is None or self.ends_at <= now()
        is_late = self.asked_at <= now() - ANSWER_WITHIN
        return self.state == MandateState.ASKED and (is_late or self.wrong_answers >= MOST_WRONG_ANSWERS)
