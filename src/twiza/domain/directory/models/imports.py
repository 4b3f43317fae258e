"""Where rows of the directory came from."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ImportBatch(models.Model):
    """One reading of one file. Once undone it stays, as the memory of what was read."""

    source = models.CharField(max_length=120, blank=True)
    licence = models.CharField(max_length=60, blank=True)
    as_of = models.DateField(null=True, blank=True, help_text="The day the register is true of, when its keeper said it.")
    file_name = models.CharField(max_length=200)
    file_sha256 = models.CharField(max_length=64)
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    rows = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    conflicting = models.PositiveIntegerField(
        default=0, help_text="Rejected because another row or the directory says otherwise."
    )
    warnings = models.PositiveIntegerField(default=0)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.file_name} ({self.started_at:%Y-%m-%d})"


class SavedColumnMap(models.Model):
    """Which column is what, said once for every register, or list of products, that is kept so."""

    class Reads(models.TextChoices):
        COOPERATIVES = "cooperatives", _("registers of cooperatives")
        PRODUCTS = "products", _("lists of products")

    reads = models.CharField(max_length=12, choices=Reads, default=Reads.COOPERATIVES)
    belongs_to = models.ForeignKey(
        "directory.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Whose it is; empty for those who keep the register or the server.",
    )
    name = models.CharField(max_length=80)
    said = models.JSONField(default=dict, help_text="columns, encoding, separator; of registers also sectors, source, licence …")
    headings_fingerprint = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the folded headings.")
    saved_at = models.DateTimeField(auto_now=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("name",)
        indexes = [models.Index(fields=["headings_fingerprint"], name="column_map_headings")]
        constraints = [
            models.CheckConstraint(condition=Q(reads__in=["cooperatives", "products"]), name="column_map_reads_known"),
            models.UniqueConstraint(fields=["reads", "belongs_to", "name"], name="column_map_once_by_name", nulls_distinct=False),
        ]

    def __str__(self) -> str:
        return self.name
