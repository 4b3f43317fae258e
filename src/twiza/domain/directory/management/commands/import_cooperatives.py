"""`twiza import_cooperatives`: a register, as somebody keeps it, becomes part of the directory."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from twiza.domain.directory.management.importing import ImportCommand
from twiza.domain.directory.services.importing.batches import ImportOutcome, import_cooperatives
from twiza.domain.directory.services.importing.headings import ColumnMap, read_map
from twiza.domain.directory.services.importing.saved_maps import save_column_map, saved_column_map
from twiza.kit.folding import fold_words
from twiza.kit.table_answers import Faults, Progress


class Command(ImportCommand):
    help = "Reads a register of cooperatives (CSV or XLSX) into the directory. A second reading changes nothing."
    table = "the register"
    undone_by = "undo_import"

    def read(self, faults: Faults, progress: Progress, **options: Any) -> ImportOutcome:
        told = map_named(options["map"]) if options["map"] else None
        outcome = import_cooperatives(
            options["file"],
            told=told,
            dry_run=options["dry_run"],
            on_fault=faults.take,
            on_progress=progress.take,
        )
        if options["save_map"]:
            save_column_map(options["save_map"], told or map_used(outcome), by=None, headings=outcome.headings)
        return outcome


def map_named(said: str) -> ColumnMap:
    """The map in this file, else the one saved under this name. Refuses what is neither (MapUnreadable)."""
    if not Path(said).is_file() and (saved := saved_column_map(said)):
        return saved.column_map
    return read_map(Path(said))


def map_used(outcome: ImportOutcome) -> ColumnMap:
    """How the columns were read when nobody said how."""
    if saved := saved_column_map(outcome.column_map):
        return saved.column_map
    return ColumnMap(columns={fold_words(column.heading): column.field for column in outcome.columns})
