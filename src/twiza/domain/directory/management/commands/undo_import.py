"""`twiza undo_import`: a register that should not have been read is taken back."""

from __future__ import annotations

from dataclasses import asdict

from django.utils.translation import gettext as _

from twiza.domain.directory.management.undoing import UndoCommand
from twiza.domain.directory.services.importing.undoing import ImportNotFound, UndoOutcome, undo_import


class Command(UndoCommand):
    help = "Takes an import back. What people or other registers said since stays. A second time changes nothing."
    said_by = "import_cooperatives"
    not_found = ImportNotFound

    def undo(self, batch: int, *, dry_run: bool) -> UndoOutcome:
        return undo_import(batch, by=None, dry_run=dry_run)

    def sentences(self, outcome: UndoOutcome) -> list[str]:
        said = [f"= {kept.slug}: {kept.sentence}" for kept in outcome.kept_organisations]
        said.append(_("%(removed)s cooperatives removed, %(restored)s as before, %(kept)s kept as they are.") % asdict(outcome))
        if outcome.waiting:
            said.append(_("%(waiting)s of them wait for their members to agree.") % asdict(outcome))
        return said
