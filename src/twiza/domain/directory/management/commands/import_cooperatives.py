"""`twiza import_cooperatives`: a register, as somebody keeps it, becomes part of the directory."""

from __future__ import annotations

import csv
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from twiza.domain.directory.services.importing.batches import ImportOutcome, import_cooperatives
from twiza.domain.directory.services.importing.faults import Fault
from twiza.domain.directory.services.importing.headings import read_map
from twiza.foundation.audit.services import acting_through
from twiza.kit.rows import FileUnreadable

MOST_SHOWN = 100
UNREADABLE = 2


class ReportUnwritable(FileUnreadable):
    code = "report_unwritable"
    sentence = _lazy("The report cannot be written to %(path)s.")


class Command(BaseCommand):
    help = "Reads a register of cooperatives (CSV or XLSX) into the directory. A second reading changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the register, CSV or XLSX")
        parser.add_argument("--map", type=Path, help="a TOML file that says which column is what")
        parser.add_argument("--dry-run", action="store_true", help="read and check everything, keep nothing")
        parser.add_argument("--report", type=Path, help="write every fault to this CSV file")
        parser.add_argument("--json", action="store_true", help="answer as JSON")
        parser.add_argument("--language", default="fr", choices=("fr", "ar", "en"), help="of the reasons")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(options["language"]), acting_through("system"):
            try:
                self._import(**options)
            except FileUnreadable as trouble:
                self._say_unreadable(trouble, as_json=options["json"])

    def _import(self, **options: Any) -> None:
        with _report(options["report"]) as report:
            faults = Faults(report)
            outcome = import_cooperatives(
                options["file"],
                told=read_map(options["map"]) if options["map"] else None,
                dry_run=options["dry_run"],
                on_fault=faults.take,
                on_progress=Progress(self.stderr).take,
            )
        self._say(outcome, faults, as_json=options["json"])

    def _say_unreadable(self, trouble: FileUnreadable, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps({"error": trouble.code, "sentence": str(trouble)}, ensure_ascii=False))
        else:
            self.stderr.write(str(trouble))
        raise SystemExit(UNREADABLE)

    def _say(self, outcome: ImportOutcome, faults: Faults, *, as_json: bool) -> None:
        if as_json:
            answer = {**asdict(outcome), "faults": [fault_line(fault) for fault in faults.first], "faults_total": faults.total}
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            return
        for fault in faults.first:
            line = fault_line(fault)
            where = " · ".join(part for part in (str(line["line"]), line["column"], line["value"]) if part)
            self.stdout.write(f"{'✗' if line['severity'] == 'error' else '!'} {where}: {line['reason']}")
        if faults.total > len(faults.first):
            self.stdout.write(
                _("… and %(number)s more: --report writes them all.") % {"number": faults.total - len(faults.first)}
            )
        if outcome.columns_not_read:
            self.stdout.write(_("Columns not read: %(columns)s") % {"columns": ", ".join(outcome.columns_not_read)})
        self.stdout.write(
            _("%(rows)s rows: %(created)s new, %(updated)s changed, %(unchanged)s unchanged, %(rejected)s rejected.")
            % asdict(outcome)
        )


class Faults:
    """The first faults are kept to be shown; all of them go to the report."""

    def __init__(self, report: TextIO | None) -> None:
        self.first: list[Fault] = []
        self.total = 0
        self._rows = csv.DictWriter(report, ["line", "column", "value", "severity", "code", "reason"]) if report else None
        if self._rows:
            self._rows.writeheader()

    def take(self, fault: Fault) -> None:
        self.total += 1
        if len(self.first) < MOST_SHOWN:
            self.first.append(fault)
        if self._rows:
            line = fault_line(fault)
            # A spreadsheet must show what stood there, not run it.
            value = f"'{line['value']}" if line["value"].startswith(("=", "@", "\t")) else line["value"]
            self._rows.writerow({**line, "value": value})


class Progress:
    """A line each second, for whoever waits."""

    def __init__(self, out: Any) -> None:
        self._out = out
        self._next = time.monotonic() + 1

    def take(self, rows: int) -> None:
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + 1
            self._out.write(_("· %(rows)s rows read") % {"rows": rows})


def fault_line(fault: Fault) -> dict[str, Any]:
    return {
        "line": fault.line,
        "column": fault.column,
        "value": fault.value,
        "severity": fault.severity,
        "code": fault.code,
        "reason": fault.reason,
    }


@contextmanager
def _report(path: Path | None) -> Iterator[TextIO | None]:
    """With a byte-order mark, so that a spreadsheet shows the accents and the Arabic."""
    if path is None:
        yield None
        return
    try:
        file = path.open("w", encoding="utf-8-sig", newline="")
    except OSError as error:
        raise ReportUnwritable(path=path) from error
    with file:
        yield file
