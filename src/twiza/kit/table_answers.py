"""What a command tells of a table while it reads it: faults, how far it is, the report."""

from __future__ import annotations

import csv
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from twiza.kit.rows import FileUnreadable
from twiza.kit.spreadsheets import inert_cell
from twiza.kit.table_faults import ERROR, TableFault

MOST_SHOWN = 100
BAR_WIDTH = 30


class ReportUnwritable(FileUnreadable):
    code = "report_unwritable"
    sentence = _("The report cannot be written to %(path)s.")


class Faults:
    """The first faults are kept to be shown; all of them go to the report."""

    def __init__(self, report: TextIO | None) -> None:
        self.first: list[TableFault] = []
        self.total = 0
        self._rows = csv.DictWriter(report, ["line", "column", "value", "severity", "code", "reason"]) if report else None
        if self._rows:
            self._rows.writeheader()

    def take(self, fault: TableFault) -> None:
        """Kept, counted and reported."""
        self.total += 1
        if len(self.first) < MOST_SHOWN:
            self.first.append(fault)
        if self._rows:
            # A spreadsheet must show what stood there, not run it.
            self._rows.writerow({name: inert_cell(str(value)) for name, value in fault_line(fault).items()})

    @property
    def as_told(self) -> dict[str, Any]:
        """What `--json` says of them."""
        return {"faults": [fault_line(fault) for fault in self.first], "faults_total": self.total}


class Progress:
    """For whoever waits: a bar on a terminal, else a line each second. `most` rows are expected; 0 when nobody knows."""

    def __init__(self, out: Any, most: int) -> None:
        self._out = out
        self._most = most
        self._is_bar = bool(most) and out.isatty()
        self._next = time.monotonic() + 1

    def take(self, rows: int) -> None:
        """So many rows are read."""
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + (0.2 if self._is_bar else 1)
        if self._is_bar:
            done = min(rows / self._most, 1)
            bar = "█" * int(done * BAR_WIDTH)
            self._out.write(f"\r{bar:░<{BAR_WIDTH}} {done:4.0%} · {rows} ", ending="")
        else:
            self._out.write(gettext("· %(rows)s rows read") % {"rows": rows})

    def end(self) -> None:
        """The line of the bar is free again."""
        if self._is_bar:
            self._out.write("\r" + " " * (BAR_WIDTH + 20) + "\r", ending="")


def shown_fault(fault: TableFault) -> str:
    """A line for a terminal: a cross for a refused row, where, what stood there and why."""
    where = " · ".join(part for part in (str(fault.line), fault.column, fault.value) if part)
    return f"{'✗' if fault.severity == ERROR else '!'} {where}: {fault.reason}"


def fault_line(fault: TableFault) -> dict[str, Any]:
    """As `--json` and the report say it."""
    return {
        "line": fault.line,
        "column": fault.column,
        "value": fault.value,
        "severity": fault.severity,
        "code": fault.code,
        "reason": fault.reason,
    }


@contextmanager
def report_file(path: Path | None) -> Iterator[TextIO | None]:
    """The file of a report, if a path is given: with a byte-order mark, so that a spreadsheet shows accents and Arabic."""
    if path is None:
        yield None
        return
    try:
        file = path.open("w", encoding="utf-8-sig", newline="")
    except OSError as error:
        raise ReportUnwritable(path=path) from error
    with file:
        yield file
