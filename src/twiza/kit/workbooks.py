"""The rows of an XLSX file's first visible sheet."""

from __future__ import annotations

import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path

from twiza.kit.rows import Row, WorkbookBroken, as_row
from twiza.kit.workbook_guard import filled_rows, refuse_hostile

MOST_COLUMNS = 200
MOST_BLANK_ROWS = 1000
# Whatever a damaged or hostile workbook makes its readers raise.
BROKEN = (KeyError, ValueError, IndexError, AttributeError, TypeError, SyntaxError, OSError, zipfile.BadZipFile, zlib.error)


def workbook_rows(path: Path) -> Iterator[Row]:
    """Every row that is not blank. A sheet that goes on with blank rows ends after a thousand of them."""
    try:
        refuse_hostile(path)
        blank = 0
        for number, values in enumerate(_values(path), start=1):
            cells = _cells(values)
            blank = 0 if cells else blank + 1
            if cells:
                yield as_row(number, cells)
            elif blank > MOST_BLANK_ROWS:
                return
    except BROKEN as error:
        raise WorkbookBroken from error


def workbook_rows_at_most(path: Path) -> int:
    """How many rows hold anything; 0 when nobody can know before reading it."""
    try:
        return filled_rows(path)
    except BROKEN:
        return 0


def _values(path: Path) -> Iterator[tuple[object, ...]]:
    from openpyxl import load_workbook

    with path.open("rb") as file:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        sheet = next((sheet for sheet in book.worksheets if sheet.sheet_state == "visible"), book.worksheets[0])
        sheet.reset_dimensions()
        yield from sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS)


def _cells(values: tuple[object, ...]) -> list[str]:
    """Without the empty ones at the end."""
    last = max((index for index, value in enumerate(values) if value is not None and value != ""), default=-1)
    return [_written(value) for value in values[: last + 1]]


def _written(value: object) -> str:
    """A cell's value as its owner would write it: 2018-03-12, 40, 12.5."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
