"""Pages that speak of the same cooperative: suspected, told apart, made one."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class DuplicateSearch(models.Model):
    """One look through the whole directory. Its candidates replace those of the look before."""

    asked_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    done = models.PositiveIntegerField(default=0, help_text="Places gone through.")
    total = models.PositiveIntegerField(default=0)
    found = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d %H:%M}"


class DuplicateCandidate(models.Model):
    """Two organisations that may be one. `reasons` are codes; the score goes from 0 to 1."""

    first = models.ForeignKey("directory.Organisation", on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey("directory.Organisation", on_delete=models.CASCADE, related_name="+")
    score = models.FloatField()
    reasons = ArrayField(models.CharField(max_length=30), default=list)

    class Meta:
        ordering = ("-score", "id")
        indexes = [models.Index(fields=["-score", "id"], name="duplicate_candidate_order")]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="duplicate_candidate_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="duplicate_candidate_in_order"),
            models.CheckConstraint(condition=Q(score__gte=0, score__lte=1), name="duplicate_candidate_score_between_0_and_1"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id} {self.score:.2f}"


class DuplicateDecision(models.Model):
    """Somebody looked at the two and said that they are two."""

    first = models.ForeignKey("directory.Organisation", on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey("directory.Organisation", on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="duplicate_decision_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="duplicate_decision_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} is not {self.second_id}"


class Merge(models.Model):
    """One page became part of another. `moved` names every row that changed, so that undoing restores exactly them."""

    kept = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="merges")
    merged = models.ForeignKey("directory.Organisation", on_delete=models.PROTECT, related_name="merges_away")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    merged_state = models.CharField(max_length=10, help_text="What the merged page was before.")
    kept_state = models.CharField(max_length=10, help_text="What the kept page was before.")
    moved = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(fields=["merged"], condition=Q(undone_at__isnull=True), name="merge_into_one_page"),
            models.CheckConstraint(condition=~Q(kept=F("merged")), name="merge_of_two_pages"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True) | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="merge_undone_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.merged_id} into {self.kept_id}"
