"""What changed, told by the tables themselves."""

from __future__ import annotations

from django.db import models
from django.db.models import Func
from django.db.models.functions import Now


class Change(models.Model):
    """Something that pages show changed. Rows are only added, so that noting a change never waits for another."""

    topic = models.CharField(max_length=60, help_text="As `product:12`, or `kinds`.")
    # Which transactions had ended when a page was begun is only known by their numbers.
    transaction = models.BigIntegerField(db_default=Func(function="txid_current", output_field=models.BigIntegerField()))
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [
            models.Index(fields=["topic"], include=["transaction"], name="change_topic"),
            models.Index(fields=["at"], name="change_at"),
        ]

    def __str__(self) -> str:
        return self.topic
