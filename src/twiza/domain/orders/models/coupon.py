"""A code that makes a basket cost less, with who bears it said beforehand."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

MOST_CODE_LETTERS = 20


class Coupon(models.Model):
    """So much less of what it is for. Of a cooperative, of a storefront, or of everything when neither is named."""

    code = models.CharField(max_length=MOST_CODE_LETTERS, help_text="Folded: in capitals, without spaces.")
    percent_off = models.PositiveSmallIntegerField(null=True, blank=True)
    centimes_off = models.PositiveIntegerField(null=True, blank=True)
    cooperative = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    storefront = models.ForeignKey("storefronts.Storefront", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    cooperative_percent = models.PositiveSmallIntegerField(
        help_text="So much of the cost is the cooperative's, the rest its operator's, or Twiza's."
    )
    borne_by = models.ForeignKey(
        "directory.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The operator that offers it in its storefront and bears the rest. Twiza gives it to cooperatives beforehand.",
    )
    agreed_at = models.DateTimeField(null=True, blank=True, help_text="Nobody uses it before the cooperative agreed.")
    least_centimes = models.PositiveIntegerField(default=0, help_text="What it is for must come to so much.")
    most_uses = models.PositiveIntegerField(null=True, blank=True)
    most_uses_per_phone = models.PositiveSmallIntegerField(null=True, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    offered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(fields=["code"], name="coupon_code_once"),
            models.CheckConstraint(
                condition=Q(percent_off__gte=1, percent_off__lte=100, centimes_off__isnull=True)
                | Q(centimes_off__gte=1, percent_off__isnull=True),
                name="coupon_takes_one_thing_off",
            ),
            models.CheckConstraint(
                condition=Q(cooperative_percent=0) | Q(cooperative_percent__lte=100, cooperative__isnull=False),
                name="coupon_borne_by_somebody_known",
            ),
            models.CheckConstraint(
                condition=Q(borne_by__isnull=True) | Q(storefront__isnull=False),
                name="coupon_of_an_operator_is_for_its_storefront",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")), name="coupon_begins_before_it_ends"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def is_for(self, cooperative_id: int, storefront_id: int) -> bool:
        """Whether what this cooperative sells through this storefront costs less by it."""
        its = self.cooperative.merged_into_id or self.cooperative_id if self.cooperative else None
        return its in {None, cooperative_id} and self.storefront_id in {None, storefront_id}

    @property
    def bearer(self) -> str:
        """Who bears what the cooperative does not. Select `borne_by`."""
        return self.borne_by.name if self.borne_by else "Twiza"

    @property
    def others_percent(self) -> int:
        return 100 - self.cooperative_percent

    def is_over(self, day: date) -> bool:
        return self.stopped_at is not None or (self.valid_until is not None and day > self.valid_until)
