"""A register that somebody uploaded, from the choice of the file to its import."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Q

from twiza.domain.directory.states import UploadState


class UploadedRegister(models.Model):
    """The file itself and its whole report lie in `folder`, under REGISTER_FOLDER, until `purged_at`."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    file_name = models.CharField(max_length=200, help_text="As it was called where it came from.")
    file_sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveBigIntegerField()
    folder = models.CharField(max_length=32, unique=True)
    purged_at = models.DateTimeField(null=True, blank=True)

    state = models.CharField(max_length=9, choices=UploadState, default=UploadState.UPLOADED)
    tries = models.PositiveSmallIntegerField(default=0, help_text="How often the present step was begun.")
    trouble_code = models.CharField(max_length=40, blank=True)
    trouble_facts = models.JSONField(default=dict, blank=True)

    headings = models.JSONField(default=list, blank=True, help_text="By column: heading, first values, what we take it for.")
    column_map = models.JSONField(
        default=dict, blank=True, help_text="Heading → field, encoding, separator, who may see contacts."
    )
    map_name = models.CharField(max_length=80, blank=True, help_text="The saved column map that was found by the headings.")
    source = models.CharField(max_length=120, blank=True)
    licence = models.CharField(max_length=60, blank=True)
    as_of = models.DateField(null=True, blank=True, help_text="The day the register is true of.")

    rows_expected = models.PositiveIntegerField(null=True, blank=True)
    counts = models.JSONField(
        default=dict, blank=True, help_text="new, changed, matched, conflicting, refused, warnings, faults."
    )
    first_faults = models.JSONField(default=list, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    imported_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    undone = models.JSONField(default=dict, blank=True, help_text="removed, restored, waiting, kept, and who was kept why.")
    batch = models.OneToOneField("directory.ImportBatch", on_delete=models.PROTECT, null=True, blank=True, related_name="upload")

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(condition=Q(state__in=UploadState.values), name="upload_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=["imported", "undoing", "undone"]) | Q(batch__isnull=False),
                name="upload_imported_has_batch",
            ),
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(trouble_code=""), name="upload_failed_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.state})"

    @property
    def kept_in(self) -> Path:
        return Path(settings.REGISTER_FOLDER) / self.folder

    @property
    def file(self) -> Path:
        return self.kept_in / "register"

    @property
    def report(self) -> Path:
        """Every fault of the last reading, a JSON object a line."""
        return self.kept_in / "faults.jsonl"

    @property
    def progress(self) -> Path:
        """How many rows the reading under way has read. A file, because what its transaction writes nobody sees yet."""
        return self.kept_in / "progress"
