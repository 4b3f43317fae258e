"""What was built, so that the next start need not build it again."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Build(models.Model):
    """One demonstration. At most one row: a database holds one demonstration, or none."""

    stage = models.CharField(max_length=12)
    size = models.CharField(max_length=12)
    seed = models.PositiveIntegerField()
    content = models.CharField(max_length=64, help_text="Changes when the demonstration's own content does.")
    begun_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="build_only_one")]

    def __str__(self) -> str:
        return f"{self.stage} {self.size} {self.seed}"
