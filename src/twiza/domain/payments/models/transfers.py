"""What the account's statements say came in, and what each line paid."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy


class BankStatement(models.Model):
    """One file of the bank, as a keeper brought it. The same file twice is kept twice, its lines once."""

    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    rib = models.CharField(max_length=24, help_text="Of which account.")
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    imported_at = models.DateTimeField(auto_now_add=True)
    credits = models.PositiveIntegerField(help_text="Lines of money that came in, also those known before.")
    news = models.PositiveIntegerField(help_text="Of them, those not known before.")
    troubles = models.JSONField(default=list, help_text="[line, what cannot be read], for the first of them.")

    class Meta:
        ordering = ("-id",)
        constraints = [models.CheckConstraint(condition=Q(news__lte=F("credits")), name="statement_news_within_lines")]

    def __str__(self) -> str:
        return self.file_name


class StatementLine(models.Model):
    """Money that came in. What the bank said of it never changes; what became of it is decided once."""

    class State(models.TextChoices):
        NEW = "new", pgettext_lazy("transfer", "just read")
        WAITING = "waiting", pgettext_lazy("transfer", "to be looked at")
        MATCHED = "matched", pgettext_lazy("transfer", "found its order by itself")
        SETTLED = "settled", pgettext_lazy("transfer", "decided by a keeper")
        ASIDE = "aside", pgettext_lazy("transfer", "not for an order")

    class Reason(models.TextChoices):
        UNKNOWN = "unknown", pgettext_lazy("transfer", "No reference of ours")
        WRONG_LETTER = "wrong_letter", pgettext_lazy("transfer", "The reference has a mistake")
        TOO_LITTLE = "too_little", pgettext_lazy("transfer", "Less than is owed")
        TOO_MUCH = "too_much", pgettext_lazy("transfer", "More than is owed")
        TWO_CANDIDATES = "two_candidates", pgettext_lazy("transfer", "It fits several orders")
        NOT_AWAITED = "not_awaited", pgettext_lazy("transfer", "The order is paid or cancelled already")

    statement = models.ForeignKey(BankStatement, on_delete=models.PROTECT, related_name="lines")
    fingerprint = models.CharField(max_length=64, unique=True)
    on = models.DateField()
    words = models.CharField(max_length=500)
    amount_centimes = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=State, default=State.NEW)
    reason = models.CharField(max_length=14, choices=Reason, blank=True)
    candidates = models.ManyToManyField("payments.Payment", blank=True, related_name="+", help_text="What it may be for.")
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(condition=Q(amount_centimes__gt=0), name="statement_line_is_of_something"),
            models.CheckConstraint(
                condition=Q(state__in=["new", "waiting", "matched", "settled", "aside"]), name="statement_line_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["new", "matched"], reason="")
                | (Q(state__in=["waiting", "settled", "aside"]) & ~Q(reason="")),
                name="statement_line_waits_why",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["settled", "aside"], settled_by__isnull=False, settled_at__isnull=False)
                | Q(state__in=["new", "waiting", "matched"], settled_by__isnull=True, settled_at__isnull=True),
                name="statement_line_settled_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(state__in=["new", "waiting"]), name="statement_lines_to_look_at"),
        ]

    def __str__(self) -> str:
        return f"{self.on}: {self.amount_centimes}"


class TransferShare(models.Model):
    """So much of a line is for a payment, or goes back to whoever sent it. Rows are added, never changed."""

    line = models.ForeignKey(StatementLine, on_delete=models.PROTECT, related_name="shares")
    payment = models.ForeignKey("payments.Payment", on_delete=models.PROTECT, related_name="shares")
    goes_back = models.BooleanField(default=False)
    amount_centimes = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("id",)
        constraints = [models.CheckConstraint(condition=Q(amount_centimes__gt=0), name="transfer_share_is_of_something")]

    def __str__(self) -> str:
        return f"{self.line_id} → {self.payment_id}: {self.amount_centimes}"


class TransferProof(models.Model):
    """What a buyer shows of a transfer that was sent. It helps a keeper and pays nothing; in the database, so that it has no
    address and goes when it is deleted."""

    class MediaType(models.TextChoices):
        JPEG = "image/jpeg", "JPEG"
        PDF = "application/pdf", "PDF"

    payment = models.ForeignKey("payments.Payment", on_delete=models.PROTECT, related_name="proofs")
    media_type = models.CharField(max_length=15, choices=MediaType)
    content = models.BinaryField()
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(media_type__in=["image/jpeg", "application/pdf"]), name="transfer_proof_media_type"
            )
        ]

    def __str__(self) -> str:
        return f"proof for {self.payment_id}"
