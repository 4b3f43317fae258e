"""What happened to money. Rows are added, never changed or removed: the tables refuse it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy


class JournalEntry(models.Model):
    """One thing that happened. Its postings make zero: the table looks when the transaction ends."""

    class What(models.TextChoices):
        CAPTURED = "captured", pgettext_lazy("journal", "Paid by the buyer")
        SURPLUS = "surplus", pgettext_lazy("journal", "Paid too late or twice")
        COLLECTED = "collected", pgettext_lazy("journal", "Paid in cash by the buyer")
        DELIVERED = "delivered", pgettext_lazy("journal", "Delivered")
        SETTLED = "settled", pgettext_lazy("journal", "Cash the cooperative has already")
        REMITTED = "remitted", pgettext_lazy("journal", "Cash handed over")
        KEPT = "kept", pgettext_lazy("journal", "Kept by whoever brought the parcel")
        REFUNDED = "refunded", pgettext_lazy("journal", "Given back to the buyer")
        PAID_OUT = "paid_out", pgettext_lazy("journal", "Paid to the cooperative")
        REVERSED = "reversed", pgettext_lazy("journal", "Taken back")

    key = models.CharField(max_length=80, unique=True, help_text="The same thing told twice has the same key: `delivered:91`.")
    what = models.CharField(max_length=10, choices=What)
    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, null=True, blank=True, related_name="journal")
    payment = models.ForeignKey("payments.Payment", on_delete=models.PROTECT, null=True, blank=True, related_name="journal")
    refund = models.ForeignKey("payments.Refund", on_delete=models.PROTECT, null=True, blank=True, related_name="journal")
    remittance = models.ForeignKey("payments.Remittance", on_delete=models.PROTECT, null=True, blank=True, related_name="journal")
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="reversed_by")
    reason = models.CharField(max_length=240, blank=True, help_text="Why it was taken back.")
    posted_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        verbose_name_plural = "journal entries"
        constraints = [
            models.CheckConstraint(
                condition=Q(reverses__isnull=True, reason="") | (Q(reverses__isnull=False, what="reversed") & ~Q(reason="")),
                name="journal_reversed_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Posting(models.Model):
    """So much more (debit) or less (credit) on one account."""

    entry = models.ForeignKey(JournalEntry, on_delete=models.PROTECT, related_name="postings")
    account = models.ForeignKey("ledger.Account", on_delete=models.PROTECT, related_name="postings", db_index=False)
    amount_centimes = models.BigIntegerField()

    class Meta:
        ordering = ("id",)
        constraints = [models.CheckConstraint(condition=~Q(amount_centimes=0), name="posting_is_of_something")]
        indexes = [models.Index(fields=["account", "-id"], include=["amount_centimes"], name="posting_by_account")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.amount_centimes}"
