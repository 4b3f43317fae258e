"""What a storefront says of itself: how to order, delivery, payment, returns, who sells."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy


class StorefrontPage(models.Model):
    """A page in one language, once somebody read it. Without words of its own it says what the template says."""

    class Kind(models.TextChoices):
        ORDERING = "ordering", pgettext_lazy("a storefront's page", "How to order")
        DELIVERY = "delivery", pgettext_lazy("a storefront's page", "Delivery")
        PAYMENT = "payment", pgettext_lazy("a storefront's page", "Payment")
        RETURNS = "returns", pgettext_lazy("a storefront's page", "Returns and withdrawal")
        HYGIENE = "hygiene", pgettext_lazy("a storefront's page", "Safety and hygiene")
        CONDITIONS = "conditions", pgettext_lazy("a storefront's page", "Our own conditions")
        LEGAL = "legal", pgettext_lazy("a storefront's page", "Legal notice")
        DATA = "data", pgettext_lazy("a storefront's page", "Your data")

    storefront = models.ForeignKey("storefronts.Storefront", on_delete=models.CASCADE, related_name="pages")
    kind = models.CharField(max_length=10, choices=Kind)
    language = models.CharField(max_length=2, choices=[("fr", "fr"), ("ar", "ar")])
    text = models.TextField(blank=True, help_text="Plain words; empty: what the template says.")
    template_dated = models.DateField(help_text="Of which day the template was that somebody read, or began from.")
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["storefront", "kind", "language"], name="storefront_page_once"),
            models.CheckConstraint(condition=Q(language__in=["fr", "ar"]), name="storefront_page_language_known"),
            models.CheckConstraint(
                condition=Q(kind__in=["ordering", "delivery", "payment", "returns", "hygiene", "conditions", "legal", "data"]),
                name="storefront_page_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.storefront_id}: {self.kind} ({self.language})"
