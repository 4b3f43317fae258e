"""`twiza undo_product_import`: a list of products that should not have been read is taken back."""

from __future__ import annotations

from dataclasses import asdict

from django.utils.translation import gettext as _

from twiza.domain.directory.management.undoing import UndoCommand
from twiza.domain.inventory.errors import ProductImportNotFound
from twiza.domain.inventory.services.importing.undoing import ProductUndoOutcome, undo_product_import


class Command(UndoCommand):
    help = "Takes an import of products back. What was edited or ordered since stays. A second time changes nothing."
    said_by = "import_products"
    not_found = ProductImportNotFound

    def undo(self, batch: int, *, dry_run: bool) -> ProductUndoOutcome:
        return undo_product_import(batch, by=None, dry_run=dry_run)

    def sentences(self, outcome: ProductUndoOutcome) -> list[str]:
        said = [f"= {kept.slug}: {kept.sentence}" for kept in outcome.kept_products]
        return [
            *said, _("%(removed)s products removed, %(restored)s as before, %(kept)s kept as they are.") % asdict(outcome)
        ]  # fmt: skip
