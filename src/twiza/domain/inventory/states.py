"""Which state may follow which."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProductImportState(models.TextChoices):
    """How far a list of products has come."""

    OPENED = "opened", _("Its columns are to be said")
    CHECKING = "checking", _("Being checked")
    CHECKED = "checked", _("Checked, not imported")
    IMPORTING = "importing", _("Being imported")
    IMPORTED = "imported", _("Imported")
    UNDOING = "undoing", _("Being undone")
    UNDONE = "undone", _("Undone")
    FAILED = "failed", _("Could not be read")


PRODUCT_IMPORT_MAY_BECOME: dict[str, frozenset[str]] = {
    "opened": frozenset({"opened", "checking", "failed"}),
    "checking": frozenset({"checked", "failed"}),
    "checked": frozenset({"opened", "checking", "importing", "failed"}),
    "importing": frozenset({"imported", "failed"}),
    "imported": frozenset({"undoing"}),
    "undoing": frozenset({"undone", "imported"}),
    "undone": frozenset(),
    "failed": frozenset({"undoing"}),
}
# A job is at work, or will be.
IMPORT_UNDER_WAY = frozenset({"checking", "importing", "undoing"})
