"""That somebody called a cooperative about an order it does not answer."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

MOST_WORDS = 200


class Call(models.Model):
    """Who called, when, and what was said. Rows are added, never changed; they stop nobody else from calling."""

    class Said(models.TextChoices):
        NO_ANSWER = "no_answer", pgettext_lazy("call", "nobody answered the telephone")
        WILL_ANSWER = "will_answer", pgettext_lazy("call", "they will answer the order")
        CANNOT = "cannot", pgettext_lazy("call", "they cannot prepare it")
        WRONG_NUMBER = "wrong_number", pgettext_lazy("call", "the number is wrong")
        OTHER = "other", pgettext_lazy("call", "something else")

    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, related_name="calls")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    said = models.CharField(max_length=12, choices=Said)
    words = models.CharField(max_length=MOST_WORDS, blank=True)

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(said__in=["no_answer", "will_answer", "cannot", "wrong_number", "other"]), name="call_said_known"
            ),
            models.CheckConstraint(condition=~Q(said="other") | ~Q(words=""), name="call_something_else_is_said"),
        ]

    def __str__(self) -> str:
        return self.said
