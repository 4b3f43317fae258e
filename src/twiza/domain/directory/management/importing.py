"""What the commands that read a table of somebody's have in common."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from twiza.foundation.audit.services import acting_through
from twiza.kit.errors import DomainError
from twiza.kit.table_answers import Faults, Progress, report_file, shown_fault
from twiza.kit.tables import rows_at_most

UNREADABLE = 2


class ImportCommand(BaseCommand):
    """`twiza … FILE`: ends with 2 when the file, or its map, cannot be read. Whoever reads it says how, and what came of it.

    The outcome is a dataclass with rows, created, updated, unchanged, rejected, conflicting, batch, columns_not_read,
    column_map, and, for whoever saves a map of it, headings and columns.
    """

    table: ClassVar[str]
    undone_by: ClassVar[str]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help=f"{self.table}, CSV or XLSX")
        parser.add_argument("--map", help="a TOML file that says which column is what, or the name of a saved map")
        parser.add_argument("--save-map", metavar="NAME", help="keep how the columns were read, for files with these headings")
        parser.add_argument("--dry-run", action="store_true", help="read and check everything, keep nothing")
        parser.add_argument("--report", type=Path, help="write every fault to this CSV file")
        parser.add_argument("--json", action="store_true", help="answer as JSON")
        parser.add_argument("--language", default="fr", choices=("fr", "ar", "en"), help="of the reasons")

    def read(self, faults: Faults, progress: Progress, **options: Any) -> Any:
        """The outcome of reading the file; a map that was asked for is saved. Raises FileUnreadable."""
        raise NotImplementedError

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(options["language"]), acting_through("system"):
            try:
                self._read(**options)
            except DomainError as trouble:
                self._say_unreadable(trouble, as_json=options["json"])

    def _read(self, **options: Any) -> None:
        with report_file(options["report"]) as report:
            faults = Faults(report)
            progress = Progress(self.stderr, rows_at_most(options["file"]))
            outcome = self.read(faults, progress, **options)
            progress.end()
        if options["json"]:
            self.stdout.write(json.dumps(answer_of(outcome, faults), ensure_ascii=False))
        else:
            self._say(outcome, faults)

    def _say_unreadable(self, trouble: DomainError, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps({"error": trouble.code, "sentence": str(trouble)}, ensure_ascii=False))
        else:
            self.stderr.write(str(trouble))
        raise SystemExit(UNREADABLE)

    def _say(self, outcome: Any, faults: Faults) -> None:
        for fault in faults.first:
            self.stdout.write(shown_fault(fault))
        if faults.total > len(faults.first):
            more = faults.total - len(faults.first)
            self.stdout.write(_("… and %(number)s more: --report writes them all.") % {"number": more})
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
            command = f"twiza {self.undone_by} {outcome.batch}"
            self.stdout.write(_("To take all of it back: %(command)s") % {"command": command})


def answer_of(outcome: Any, faults: Faults) -> dict[str, Any]:
    """What `--json` says."""
    said = {name: value for name, value in asdict(outcome).items() if name not in {"headings", "columns"}}
    return {**said, "new": outcome.created, "matched": outcome.matched, **faults.as_told}
