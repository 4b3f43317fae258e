"""What a cooperative looks at before a parcel leaves, and that somebody did."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Checklist(models.Model):
    """The questions of one parcel, and who said yes to all of them. Its questions stay as they were asked."""

    class Question(models.TextChoices):
        """In the order in which they are asked."""

        GOODS = "goods", _("The right goods are in the parcel.")
        COUNT = "count", _("I counted: nothing is missing.")
        WHOLE = "whole", _("Nothing is broken, spoilt or past its date.")
        WRAPPED = "wrapped", _("It is wrapped so that nothing breaks or leaks.")
        ADDRESS = "address", _("The name, the telephone and the address are on it.")
        PROMISED = "promised", _("It leaves by the day that was promised.")

    order = models.OneToOneField("orders.Order", on_delete=models.PROTECT, related_name="checklist")
    questions = ArrayField(models.CharField(max_length=8, choices=Question))
    asked_at = models.DateTimeField(auto_now_add=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    channel = models.CharField(max_length=6, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(checked_at__isnull=True, checked_by__isnull=True)
                | Q(checked_at__isnull=False, checked_by__isnull=False),
                name="checklist_checked_by_somebody",
            ),
            models.CheckConstraint(condition=Q(questions__len__gte=1), name="checklist_asks_something"),
        ]

    def __str__(self) -> str:
        return ", ".join(self.questions)

    @property
    def asked(self) -> list[str]:
        """The questions in the reader's words."""
        return [str(Checklist.Question(question).label) for question in self.questions]
