"""What one cooperative is paid at once, from which postings of the ledger, and every try to send it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy


class Way(models.TextChoices):
    BANK = "bank", pgettext_lazy("way to be paid", "bank transfer")
    POST = "post", pgettext_lazy("way to be paid", "post-office mandate")


class Payout(models.Model):
    """It keeps its number for ever: one that came back is sent again under it, and what it is made of is in no other."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("payout", "waits to be sent")
        SENT = "sent", pgettext_lazy("payout", "with the bank")
        PAID = "paid", pgettext_lazy("payout", "paid")
        RETURNED = "returned", pgettext_lazy("payout", "came back")
        DROPPED = "dropped", pgettext_lazy("payout", "dropped")

    batch = models.ForeignKey("payouts.PayoutBatch", on_delete=models.PROTECT, related_name="payouts")
    cooperative = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="payouts")
    amount_centimes = models.PositiveBigIntegerField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "sent", "paid", "returned", "dropped"]), name="payout_state_known"
            ),
            models.CheckConstraint(condition=Q(amount_centimes__gt=0), name="payout_is_of_something"),
            models.UniqueConstraint(fields=["batch", "cooperative"], name="payout_once_in_a_batch"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """What stands on the transfer, and what one says at the counter."""
        return f"TWZ{self.pk:07d}"


class PayoutItem(models.Model):
    """A posting on what is owed to the cooperative that this payout settles. In no other payout, unless that was dropped."""

    payout = models.ForeignKey(Payout, on_delete=models.PROTECT, related_name="items")
    posting = models.ForeignKey("ledger.Posting", on_delete=models.PROTECT, related_name="payout_items")
    amount_centimes = models.BigIntegerField(help_text="Above zero what was earned, below what is taken off.")
    is_live = models.BooleanField(default=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["posting"], condition=Q(is_live=True), name="payout_item_in_one_live_payout"),
            models.CheckConstraint(condition=~Q(amount_centimes=0), name="payout_item_is_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.payout_id}: {self.amount_centimes}"


class PayoutAttempt(models.Model):
    """One try to send a payout, to where it went. Asked for by one person, approved by another."""

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("try to pay", "waits for a second person")
        APPROVED = "approved", pgettext_lazy("try to pay", "approved")
        SENT = "sent", pgettext_lazy("try to pay", "with the bank")
        PAID = "paid", pgettext_lazy("try to pay", "paid")
        RETURNED = "returned", pgettext_lazy("try to pay", "came back")
        DROPPED = "dropped", pgettext_lazy("try to pay", "dropped")

    OPEN = (State.ASKED, State.APPROVED, State.SENT)

    payout = models.ForeignKey(Payout, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    way = models.CharField(max_length=4, choices=Way)
    account = models.ForeignKey("directory.Identifier", on_delete=models.PROTECT, null=True, related_name="+")
    payee = models.CharField(max_length=160, help_text="In whose name, as it was when it was asked for.")
    place = models.CharField(max_length=120, blank=True)
    file = models.ForeignKey("payouts.PayoutFile", on_delete=models.PROTECT, null=True, related_name="attempts")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    paid_on = models.DateField(null=True, help_text="The day it left, as the bank says.")
    bank_reference = models.CharField(max_length=60, blank=True)
    returned_on = models.DateField(null=True)
    returned_because = models.CharField(max_length=240, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["payout", "number"], name="payout_attempt_number_once"),
            models.UniqueConstraint(
                fields=["payout"], condition=Q(state__in=["asked", "approved", "sent", "paid"]), name="payout_attempt_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "approved", "sent", "paid", "returned", "dropped"]),
                name="payout_attempt_state_known",
            ),
            models.CheckConstraint(
                condition=Q(way="bank", account__isnull=False) | Q(way="post", account__isnull=True),
                name="payout_attempt_goes_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("asked_by")), name="payout_attempt_takes_two_people"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "sent", "paid"]) | Q(approved_by__isnull=False),
                name="payout_attempt_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["sent", "paid"]) | Q(file__isnull=False), name="payout_attempt_sent_in_a_file"
            ),
            models.CheckConstraint(
                condition=~Q(state="paid") | (Q(paid_on__isnull=False) & ~Q(bank_reference="")),
                name="payout_attempt_paid_by_a_reference",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | (Q(returned_on__isnull=False) & ~Q(returned_because="")),
                name="payout_attempt_returned_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payout_id}/{self.number}: {self.state}"

    @property
    def key(self) -> str:
        """Under which the ledger has it, once it left."""
        return f"paid_out:{self.payout_id}:{self.number}"

    @property
    def account_ending(self) -> str:
        """All that is said of the account. Select `account` with the attempt."""
        return self.account.value[-4:] if self.account else ""
