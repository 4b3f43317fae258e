"""Who is paid together, who is not this time and why, and the files that went to the bank."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy


class PayoutBatch(models.Model):
    """What is owed until a day, to everybody, drafted by one person and approved by another."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("batch of payouts", "drafted: waits for a second person")
        APPROVED = "approved", pgettext_lazy("batch of payouts", "approved: its file can be made")
        EXPORTED = "exported", pgettext_lazy("batch of payouts", "with the bank")
        EXECUTED = "executed", pgettext_lazy("batch of payouts", "paid")
        RECONCILED = "reconciled", pgettext_lazy("batch of payouts", "paid, and the statement agrees")
        DROPPED = "dropped", pgettext_lazy("batch of payouts", "dropped")

    until = models.DateField(help_text="What was earned up to the end of this day.")
    least_centimes = models.PositiveIntegerField(help_text="Less than this waits for the next time.")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    reconciled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reconciled_at = models.DateTimeField(null=True)
    dropped_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    dropped_because = models.CharField(max_length=240, blank=True)

    class Meta:
        ordering = ("-id",)
        verbose_name_plural = "payout batches"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "approved", "exported", "executed", "reconciled", "dropped"]),
                name="payout_batch_state_known",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("drafted_by")), name="payout_batch_takes_two_people"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "dropped"]) | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="payout_batch_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="dropped") | (Q(dropped_by__isnull=False) & ~Q(dropped_because="")),
                name="payout_batch_dropped_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} until {self.until}: {self.state}"


class PayoutLeftOut(models.Model):
    """Somebody who is owed something, or owes it, and is not paid by this batch."""

    class Why(models.TextChoices):
        OWES_US = "owes_us", pgettext_lazy("why not paid", "owes the market: the next sales are set against it")
        BELOW_LEAST = "below_least", pgettext_lazy("why not paid", "less than the least amount: it waits for the next time")
        HELD = "held", pgettext_lazy("why not paid", "held back")
        COOLING = "cooling", pgettext_lazy("why not paid", "the bank account is too new: it waits its 72 hours")

    batch = models.ForeignKey(PayoutBatch, on_delete=models.PROTECT, related_name="left_out")
    cooperative = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="+")
    owed_centimes = models.BigIntegerField(help_text="Below zero when the cooperative owes it.")
    why = models.CharField(max_length=11, choices=Why)
    reason = models.CharField(max_length=240, blank=True, help_text="In the words of whoever holds it back.")

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(why__in=["owes_us", "below_least", "held", "cooling"]), name="payout_left_out_why_known"
            ),
            models.CheckConstraint(condition=~Q(why="held") | ~Q(reason=""), name="payout_held_with_a_reason"),
            models.UniqueConstraint(fields=["batch", "cooperative"], name="payout_left_out_once"),
        ]

    def __str__(self) -> str:
        return f"{self.cooperative_id}: {self.owed_centimes} {self.why}"


class PayoutFile(models.Model):
    """What was given to the bank or the post office. Made again from its rows it has the same bytes: the hash says so."""

    batch = models.ForeignKey(PayoutBatch, on_delete=models.PROTECT, related_name="files")
    number = models.PositiveSmallIntegerField()
    way = models.CharField(max_length=4)
    layout = models.CharField(max_length=30)
    from_account = models.CharField(max_length=24, blank=True, help_text="The market's own RIB at that moment.")
    from_name = models.CharField(max_length=80, blank=True)
    day = models.DateField()
    payouts_count = models.PositiveIntegerField()
    total_centimes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="payout_file_number_once"),
            models.CheckConstraint(condition=Q(way__in=["bank", "post"]), name="payout_file_way_known"),
            models.CheckConstraint(condition=Q(total_centimes__gt=0, payouts_count__gt=0), name="payout_file_is_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.number}"
