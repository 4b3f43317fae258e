"""The feed that keeps every machine's index in step."""

from __future__ import annotations

from django.db import models
from django.db.models import Func


class SearchChange(models.Model):
    """Something that can be found changed. Committed or rolled back with the change itself."""

    kind = models.CharField(max_length=12)
    object_id = models.BigIntegerField()
    # Sequences give numbers before they are committed, so a reader could step over one; finished transactions it cannot.
    transaction = models.BigIntegerField(
        db_default=Func(function="txid_current", output_field=models.BigIntegerField()), editable=False
    )
    noted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("id",)
        indexes = [models.Index(fields=["transaction"], name="search_change_transaction")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.object_id}"
