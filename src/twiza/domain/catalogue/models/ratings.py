"""What buyers gave a product, counted: lists show it without asking for a single review."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class ProductRating(models.Model):
    """How many buyers gave a product how many stars. One writer: `services/rating.py`."""

    product = models.OneToOneField("catalogue.Product", on_delete=models.CASCADE, related_name="rating")
    ones = models.PositiveIntegerField(default=0)
    twos = models.PositiveIntegerField(default=0)
    threes = models.PositiveIntegerField(default=0)
    fours = models.PositiveIntegerField(default=0)
    fives = models.PositiveIntegerField(default=0)
    number = models.PositiveIntegerField(default=0, help_text="Of all of them.")
    stars = models.PositiveIntegerField(default=0, help_text="All stars together.")
    questions = models.PositiveIntegerField(default=0, help_text="Answered questions that everybody reads.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    number=F("ones") + F("twos") + F("threes") + F("fours") + F("fives"),
                    stars=F("ones") + F("twos") * 2 + F("threes") * 3 + F("fours") * 4 + F("fives") * 5,
                ),
                name="product_rating_adds_up",
            )
        ]

    def __str__(self) -> str:
        return f"{self.product_id}: {self.stars}/{self.number}"

    @property
    def counts(self) -> tuple[int, ...]:
        """From one star to five."""
        return self.ones, self.twos, self.threes, self.fours, self.fives
