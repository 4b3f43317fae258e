"""What is owed for something, by which way, and everything that was ever heard of it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Payment(models.Model):
    class State(models.TextChoices):
        PENDING = "pending", _("to be paid")
        CAPTURED = "captured", _("paid")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")

    reference = models.CharField(max_length=40, unique=True, help_text="What it is for, as `group:7`.")
    provider = models.CharField(max_length=30)
    amount_centimes = models.PositiveIntegerField()
    currency = models.CharField(max_length=3, default="MAD")
    state = models.CharField(max_length=9, choices=State, default=State.PENDING)
    opened_at = models.DateTimeField(auto_now_add=True)
    surplus_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="surpluses",
        help_text="It came though nothing was owed for that payment any more: all of it goes back.",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["pending", "captured", "failed", "cancelled"]), name="payment_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.amount_centimes}"


class PaymentAttempt(models.Model):
    """The buyer went to pay: one try, under a reference that is never used again. What the bank says of it is an event."""

    class State(models.TextChoices):
        BEGUN = "begun", pgettext_lazy("attempt to pay", "begun")
        CAPTURED = "captured", pgettext_lazy("attempt to pay", "paid")
        FAILED = "failed", pgettext_lazy("attempt to pay", "refused by the bank")

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="attempts")
    reference = models.CharField(max_length=32, unique=True)
    amount_centimes = models.PositiveIntegerField()
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=8, choices=State, default=State.BEGUN)
    begun_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["begun", "captured", "failed"]), name="payment_attempt_state_known"),
            models.CheckConstraint(condition=Q(state="begun") ^ Q(ended_at__isnull=False), name="payment_attempt_ends_once"),
        ]

    def __str__(self) -> str:
        return self.reference


class PaymentEvent(models.Model):
    """What a provider, a carrier or a cooperative told us. Rows are added, never changed."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="events")
    provider = models.CharField(max_length=30)
    kind = models.CharField(max_length=20)
    provider_reference = models.CharField(max_length=80)
    amount_centimes = models.PositiveIntegerField()
    told = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["provider", "provider_reference", "kind"], name="payment_event_heard_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount_centimes}"


class Allocation(models.Model):
    """The part of a payment that is one order's."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="allocations")
    reference = models.CharField(max_length=40, unique=True, help_text="As `order:91`.")
    due_centimes = models.PositiveIntegerField()
    captured_centimes = models.PositiveIntegerField(default=0)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(condition=Q(captured_centimes__lte=F("due_centimes")), name="allocation_never_above_due"),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True) | Q(captured_centimes=0), name="allocation_captured_is_not_cancelled"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.due_centimes}"


class Refund(models.Model):
    """What is owed back of a part that was received, and that it was given back. Its amount never changes."""

    class How(models.TextChoices):
        CASH = "cash", pgettext_lazy("refund", "in cash")
        TRANSFER = "transfer", pgettext_lazy("refund", "by bank transfer")
        MONEY_ORDER = "money_order", pgettext_lazy("refund", "by money order or a cash agency")
        CARD = "card", pgettext_lazy("refund", "on the card")

    allocation = models.ForeignKey(Allocation, on_delete=models.PROTECT, related_name="refunds")
    reference = models.CharField(max_length=40, unique=True, help_text="Why it is owed, as `return:5`.")
    amount_centimes = models.PositiveIntegerField()
    due_on = models.DateField()
    owed_at = models.DateTimeField(auto_now_add=True)
    paid_at = models.DateTimeField(null=True, blank=True)
    how = models.CharField(max_length=11, choices=How, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(condition=Q(amount_centimes__gt=0), name="refund_is_of_something"),
            models.CheckConstraint(condition=Q(paid_at__isnull=True) ^ ~Q(how=""), name="refund_paid_in_some_way"),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.amount_centimes}"

    @property
    def owed_for(self) -> str:
        """What does not come (cancelled) or not whole (partial), what came too much (surplus), a return or a complaint."""
        return self.reference.partition(":")[0]
