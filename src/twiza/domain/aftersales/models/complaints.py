"""Something is wrong with what arrived: what the buyer says, what the cooperative offers, and how it ends."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from twiza.domain.aftersales.models.replacements import Replacement
from twiza.foundation.pictures.storage import originals

MOST_WORDS = 500


class Complaint(models.Model):
    """About one line of a parcel that arrived. It may end without anything being sent back: a return is another thing."""

    class Kind(models.TextChoices):
        DAMAGED = "damaged", pgettext_lazy("complaint", "it is damaged or spoilt")
        WRONG = "wrong", pgettext_lazy("complaint", "it is not what I ordered")
        MISSING = "missing", pgettext_lazy("complaint", "it was not in the parcel")
        OTHER = "other", pgettext_lazy("complaint", "something else")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("complaint", "waits for the cooperative")
        OFFERED = "offered", pgettext_lazy("complaint", "waits for the buyer")
        ACCEPTED = "accepted", pgettext_lazy("complaint", "agreed, not done yet")
        ESCALATED = "escalated", pgettext_lazy("complaint", "waits for a decision")
        CLOSED = "closed", pgettext_lazy("complaint", "closed")

    class Answer(models.TextChoices):
        """What a cooperative may offer, and an operator decide."""

        REPLACE = "replace", pgettext_lazy("complaint", "send it again")
        REFUND = "refund", pgettext_lazy("complaint", "give money back")
        REFUSE = "refuse", pgettext_lazy("complaint", "nothing is owed")

    class Escalation(models.TextChoices):
        UNANSWERED = "unanswered", pgettext_lazy("complaint", "the cooperative did not answer in time")
        NOT_AGREED = "not_agreed", pgettext_lazy("complaint", "the buyer does not agree")
        SOLD_OUT = "sold_out", pgettext_lazy("complaint", "none is left to be sent again")
        LOST = "lost", pgettext_lazy("complaint", "the new parcel did not arrive")

    class Outcome(models.TextChoices):
        REPLACED = "replaced", pgettext_lazy("complaint", "sent again")
        REFUNDED = "refunded", pgettext_lazy("complaint", "money given back")
        REFUSED = "refused", pgettext_lazy("complaint", "nothing was owed")

    line = models.ForeignKey("orders.OrderLine", on_delete=models.PROTECT, related_name="complaints")
    kind = models.CharField(max_length=7, choices=Kind)
    pieces = models.PositiveSmallIntegerField(help_text="How many of the line it is about.")
    words = models.CharField(max_length=MOST_WORDS, blank=True)
    photo = models.FileField(storage=originals, upload_to="", blank=True, help_text="Shown to both sides and the operator only.")
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    opened_at = models.DateTimeField()
    answer_due_on = models.DateField(help_text="The last day for the cooperative to answer.")
    answer = models.CharField(max_length=7, choices=Answer, blank=True, help_text="What the cooperative offers.")
    answer_centimes = models.PositiveIntegerField(default=0, help_text="How much it offers to give back.")
    answer_words = models.CharField(max_length=MOST_WORDS, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reply_due_on = models.DateField(null=True, blank=True, help_text="The buyer's last day to disagree.")
    escalation = models.CharField(max_length=10, choices=Escalation, blank=True, help_text="Why the operator has it.")
    escalated_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(max_length=7, choices=Answer, blank=True, help_text="What the operator decided.")
    decision_centimes = models.PositiveIntegerField(default=0)
    decision_words = models.CharField(max_length=MOST_WORDS, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    refund_due_on = models.DateField(null=True, blank=True, help_text="The last day for the money that was agreed.")
    told_late_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["open", "offered", "accepted", "escalated", "closed"]), name="complaint_state_known"
            ),
            models.CheckConstraint(condition=Q(pieces__gte=1), name="complaint_about_something"),
            models.CheckConstraint(condition=Q(answer="") ^ Q(answered_at__isnull=False), name="complaint_answered_since"),
            models.CheckConstraint(condition=~Q(state="offered") | ~Q(answer=""), name="complaint_offered_something"),
            models.CheckConstraint(condition=Q(escalation="") ^ Q(escalated_at__isnull=False), name="complaint_escalated_since"),
            models.CheckConstraint(
                condition=Q(decision="") ^ Q(decided_at__isnull=False, escalated_at__isnull=False), name="complaint_decided_since"
            ),
            models.CheckConstraint(
                condition=Q(state="closed") ^ Q(outcome="", closed_at__isnull=True), name="complaint_closed_with_an_outcome"
            ),
            models.CheckConstraint(
                condition=(Q(answer="refund") ^ Q(answer_centimes=0)) & (Q(decision="refund") ^ Q(decision_centimes=0)),
                name="complaint_money_is_some",
            ),
            models.UniqueConstraint(fields=["line"], condition=~Q(state="closed"), name="complaint_one_open_per_line"),
        ]
        indexes = [models.Index(fields=["answer_due_on"], condition=Q(state="open"), name="complaint_to_answer")]

    def __str__(self) -> str:
        return f"{self.line_id}: {self.state}"

    @property
    def reference(self) -> str:
        """What its refund is called where money is counted."""
        return f"complaint:{self.pk}"

    @property
    def parcel(self) -> Replacement | None:
        """What is sent again because of it, the last. Prefetch the replacements."""
        parcels = list(self.replacements.all())
        return parcels[-1] if parcels else None

    @property
    def settled_by(self) -> str:
        """The operator's word when there is one, else the cooperative's."""
        return self.decision or self.answer

    @property
    def settled_centimes(self) -> int:
        """What is given back by it."""
        return self.decision_centimes if self.decision else self.answer_centimes
