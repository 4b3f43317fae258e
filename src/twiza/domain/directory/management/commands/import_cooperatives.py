"""`twiza import_cooperatives`: a register, as somebody keeps it, becomes part of the directory."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from twiza.domain.directory.services.importing.batches import ImportOutcome, import_cooperatives
from twiza.domain.directory.services.importing.headings import ColumnMap, read_map
from twiza.domain.directory.services.importing.saved_maps import save_column_map, saved_column_map
from twiza.foundation.audit.services import acting_through
from twiza.kit.errors import DomainError
from twiza.kit.folding import fold_words
from twiza.kit.table_answers import Faults, Progress, report_file, shown_fault
from twiza.kit.tables import rows_at_most

UNREADABLE = 2


class Command(BaseCommand):
    help = "Reads a register of cooperatives (CSV or XLSX) into the directory. A second reading changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the register, CSV or XLSX")
        parser.add_argument("--map", help="a TOML file that says which column is what, or the name of a saved map")
        parser.add_argument("--save-map", metavar="NAME", help="keep how the columns were read, for files with these headings")
        parser.add_argument("--dry-run", action="store_true", help="read and check everything, keep nothing")
        parser.add_argument("--report", type=Path, help="write every fault to this CSV file")
        parser.add_argument("--json", action="store_true", help="answer as JSON")
        parser.add_argument("--language", default="fr", choices=("fr", "ar", "en"), help="of the reasons")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(options["language"]), acting_through("system"):
            try:
                self._import(**options)
            except DomainError as trouble:
                self._say_unreadable(trouble, as_json=options["json"])

    def _import(self, **options: Any) -> None:
        with report_file(options["report"]) as report:
            faults = Faults(report)
            told = map_named(options["map"]) if options["map"] else None
            progress = Progress(self.stderr, rows_at_most(options["file"]))
            outcome = import_cooperatives(
                options["file"],
                told=told,
                dry_run=options["dry_run"],
                on_fault=faults.take,
                on_progress=progress.take,
            )
            progress.end()
        if options["save_map"]:
            told = told or map_used(outcome)
            save_column_map(options["save_map"], told, by=None, headings=outcome.headings)
        self._say(outcome, faults, as_json=options["json"])

    def _say_unreadable(self, trouble: DomainError, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps({"error": trouble.code, "sentence": str(trouble)}, ensure_ascii=False))
        else:
            self.stderr.write(str(trouble))
        raise SystemExit(UNREADABLE)

    def _say(self, outcome: ImportOutcome, faults: Faults, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(answer_of(outcome, faults), ensure_ascii=False))
            return
        for fault in faults.first:
            self.stdout.write(shown_fault(fault))
        if faults.total > len(faults.first):
            self.stdout.write(
                _("… and %(number)s more: --report writes them all.") % {"number": faults.total - len(faults.first)}
            )
        if outcome.column_map:
            self.stdout.write(_("Read with the saved column map “%(name)s”.") % {"name": outcome.column_map})
        if outcome.columns_not_read:
            self.stdout.write(_("Columns not read: %(columns)s") % {"columns": ", ".join(outcome.columns_not_read)})
        self.stdout.write(
            _("%(rows)s rows: %(created)s new, %(updated)s changed, %(unchanged)s unchanged, %(rejected)s rejected.")
            % asdict(outcome)
        )
        if outcome.conflicting:
            self.stdout.write(_("%(conflicting)s of them contradict another row or the directory.") % asdict(outcome))
        if outcome.batch:
            self.stdout.write(_("To take all of it back: twiza undo_import %(batch)s") % asdict(outcome))


def answer_of(outcome: ImportOutcome, faults: Faults) -> dict[str, Any]:
    """What `--json` says."""
    said = asdict(outcome)
    for shape in ("headings", "columns"):
        del said[shape]
    return {
        **said,
        "new": outcome.created,
        "matched": outcome.matched,
        **faults.as_told,
    }


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
