"""A question and its answer. Who asked is known to us alone, and for half a year."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q

from twiza.kit import clock
from twiza.kit.phone import is_mobile

MOST_WORDS = 500


def unguessable() -> str:
    return secrets.token_urlsafe(16)


class Enquiry(models.Model):
    """About a product, or about one's own order. The cooperative reads the words, never a name nor a number."""

    token = models.CharField(max_length=40, unique=True, default=unguessable)
    cooperative = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="enquiries")
    product = models.ForeignKey("catalogue.Product", on_delete=models.PROTECT, null=True, blank=True, related_name="enquiries")
    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, null=True, blank=True, related_name="enquiries")
    storefront = models.ForeignKey("storefronts.Storefront", on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=MOST_WORDS)
    asker_phone = models.CharField(max_length=16, blank=True, help_text="Where the answer is told. Shown to nobody.")
    language = models.CharField(max_length=3)
    may_be_shown = models.BooleanField(default=False, help_text="Whoever asked agreed that everybody may read it.")
    asked_at = models.DateTimeField(default=clock.now)
    answer = models.CharField(max_length=MOST_WORDS, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    shown_at = models.DateTimeField(null=True, blank=True, help_text="Everybody reads it on the product's page since then.")

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(product__isnull=False, order__isnull=True) | Q(product__isnull=True, order__isnull=False),
                name="enquiry_about_a_product_or_an_order",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True, answered_by__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="enquiry_answer_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(shown_at__isnull=True) | (Q(may_be_shown=True, product__isnull=False, answered_at__isnull=False)),
                name="enquiry_shown_once_answered_and_agreed",
            ),
        ]
        indexes = [
            models.Index(fields=["cooperative", "-id"], name="enquiry_by_cooperative"),
            models.Index(fields=["product", "-id"], condition=Q(shown_at__isnull=False), name="enquiry_shown"),
            models.Index(fields=["asked_at"], name="enquiry_by_moment"),
        ]

    def __str__(self) -> str:
        return f"enquiry {self.pk}"

    @property
    def is_told_by_text(self) -> bool:
        """Texts go to Moroccan mobile telephones only."""
        return self.asker_phone.startswith("+212") and is_mobile(self.asker_phone)
