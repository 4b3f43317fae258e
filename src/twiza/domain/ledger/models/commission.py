"""What the market keeps of a sale: the list of rates, and what was fixed for each order when it was placed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

RATE_FIELDS = ("percent_basis_points", "includes_delivery", "floor_centimes", "cap_centimes", "vat_basis_points")


class Terms(models.Model):
    """How much of what a cooperative earns. A hundredth of a percent is one basis point."""

    percent_basis_points = models.PositiveIntegerField(help_text="500 is five percent.")
    includes_delivery = models.BooleanField(default=False, help_text="Of the delivery too, not of the goods alone.")
    floor_centimes = models.PositiveIntegerField(default=0, help_text="At least so much for an order.")
    cap_centimes = models.PositiveIntegerField(null=True, blank=True, help_text="At most so much for an order.")
    vat_basis_points = models.PositiveIntegerField(default=2000, help_text="TVA on the commission itself.")

    class Meta:
        abstract = True


class CommissionRate(Terms):
    """A row of the list, from a moment on, once another person agreed. It is never edited: a newer row of the same `code` takes
    its place.

    The first row that fits an order holds for it, in the order of `position`. All that a row names must fit; a row that is to fit
    one of several is several rows.
    """

    code = models.SlugField(max_length=40, help_text="What a newer row replaces.")
    position = models.PositiveSmallIntegerField()
    cooperative = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    storefront = models.ForeignKey(
        "storefronts.Storefront",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="All of the order was chosen there.",
    )
    pay_with = models.CharField(max_length=30, blank=True, help_text="The way to pay; empty for any.")
    is_over = models.BooleanField(default=False, help_text="From that moment on there is no such row.")
    reason = models.CharField(max_length=240)
    valid_from = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("position", "id")
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="commission_rate_once_per_moment"),
            models.CheckConstraint(condition=Q(percent_basis_points__lte=10_000), name="commission_rate_within_whole"),
            models.CheckConstraint(
                condition=Q(cap_centimes__isnull=True) | Q(cap_centimes__gte=F("floor_centimes")),
                name="commission_rate_floor_below_cap",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="commission_rate_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.percent_basis_points}"


class CommissionDecision(models.Model):
    """Another person than the one who wrote a row said that it holds, or that it does not."""

    rate = models.OneToOneField(CommissionRate, on_delete=models.PROTECT, related_name="decision")
    is_yes = models.BooleanField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.rate_id} {self.is_yes}"


class CommissionLine(Terms):
    """What was fixed for one order when it was placed: the terms, and what they come to if all of it is delivered as ordered."""

    order = models.OneToOneField("orders.Order", on_delete=models.PROTECT, related_name="commission_line")
    rate = models.ForeignKey(CommissionRate, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    base_centimes = models.PositiveIntegerField()
    amount_centimes = models.PositiveIntegerField()
    vat_centimes = models.PositiveIntegerField()
    fixed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(condition=Q(amount_centimes__lte=F("base_centimes")), name="commission_line_within_base"),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.amount_centimes}"
