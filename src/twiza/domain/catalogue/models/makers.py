"""Who made a product, by first name, for those who agreed to it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class Maker(models.Model):
    """A member of a cooperative among those who make its products. Her first name is shown only while she agrees."""

    cooperative = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="makers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    first_name = models.CharField(max_length=30, help_text="As she wants to be called on pages.")
    asked_at = models.DateTimeField(null=True, blank=True, help_text="When she was last asked by text.")
    agreed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True, help_text="She said no, or took her yes back.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "person"], name="maker_once_per_cooperative"),
            models.CheckConstraint(condition=~Q(first_name=""), name="maker_has_a_first_name"),
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=True) | Q(withdrawn_at__isnull=True), name="maker_agrees_or_does_not"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cooperative_id}: {self.person_id}"

    @property
    def is_named(self) -> bool:
        """She agrees today."""
        return self.agreed_at is not None

    @property
    def has_refused(self) -> bool:
        return self.withdrawn_at is not None

    @property
    def number(self) -> str:
        """What her answer by text names. No secret: only her own telephone can answer."""
        return str(FIRST_NUMBER + self.pk)


# A number in a text has three digits at least.
FIRST_NUMBER = 100


class ProductMaker(models.Model):
    """Somebody who makes a product."""

    product = models.ForeignKey("catalogue.Product", on_delete=models.CASCADE, related_name="made_by")
    maker = models.ForeignKey(Maker, on_delete=models.PROTECT, related_name="products")
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["product", "maker"], name="product_made_once_by_each")]

    def __str__(self) -> str:
        return f"{self.product_id}: {self.maker_id}"
