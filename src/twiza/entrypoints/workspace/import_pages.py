"""What the page of an uploaded register draws: how far it is, and what came of its rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from twiza.kit.spreadsheets import inert_cell

if TYPE_CHECKING:
    from twiza.domain.directory.models import UploadedRegister
    from twiza.kit.table_faults import TableFault

BAR_WIDTH = 1000
LEAST_WIDTH = 8
LINES_AT_ONCE = 500
SAID: dict[str, Promise] = {
    "new": pgettext_lazy("rows of a register", "new"),
    "changed": pgettext_lazy("rows of a register", "with news"),
    "matched": pgettext_lazy("rows of a register", "already known"),
    "conflicting": pgettext_lazy("rows of a register", "contradict what is known"),
    "refused": pgettext_lazy("rows of a register", "cannot be read"),
}
STEPS = (
    pgettext_lazy("step of an import", "File"),
    pgettext_lazy("step of an import", "Columns"),
    pgettext_lazy("step of an import", "Check"),
    pgettext_lazy("step of an import", "Import"),
)
AT = {"uploaded": 0, "opened": 1, "checking": 2, "checked": 3, "importing": 3, "imported": 4, "undoing": 4, "undone": 4}


@dataclass(frozen=True)
class Part:
    """A part of the bar: `start` and `width` of BAR_WIDTH."""

    code: str
    words: Any
    number: int
    start: int
    width: int


def parts_of(counts: dict[str, int]) -> list[Part]:
    """The rows by what came of them. Whatever there is can be seen, however little it is beside the rest."""
    total = sum(counts.get(code, 0) for code in SAID)
    least = {code: LEAST_WIDTH for code in SAID if counts.get(code)}
    free = BAR_WIDTH - sum(least.values())
    parts, start = [], 0
    for code, words in SAID.items():
        number = counts.get(code, 0)
        width = least.get(code, 0) + (free * number // total if total else 0)
        parts.append(Part(code, words, number, start, width))
        start += width
    return parts


def steps_of(upload: UploadedRegister) -> list[dict[str, Any]]:
    """File, columns, check, import: done, now, still to come, or where it stopped."""
    at = AT.get(upload.state, 0 if not upload.headings else 2 if not upload.counts else 3)
    now = "refused" if upload.state == "failed" else "now"
    return [{"name": name, "state": "done" if place < at else now if place == at else "next"} for place, name in enumerate(STEPS)]


def report_lines(faults: Iterable[TableFault], language: str) -> Iterator[str]:
    """The report as CSV, many lines at a time; a spreadsheet shows what stood in a cell and runs nothing."""
    with override(language):
        yield "\ufeff" + _csv([[str(_("Row")), str(_("Column")), str(_("Value")), str(_("Row kept?")), str(_("Reason"))]])
    waiting = iter(faults)
    while some := list(islice(waiting, LINES_AT_ONCE)):
        with override(language):
            text = _csv([_cells(fault) for fault in some])
        yield text


def _cells(fault: TableFault) -> list[str]:
    kept = _("no") if fault.severity == "error" else _("yes")
    return [str(fault.line), inert_cell(fault.column), inert_cell(fault.value), str(kept), inert_cell(fault.reason)]


def _csv(rows: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()
