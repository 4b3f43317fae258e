"""The rows of an XLSX file's first visible sheet."""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path

from twiza.kit.rows import FileTooLarge, FormatUnknown, Row, WorkbookBroken, without_nul

LARGEST_UNPACKED_BYTES = 600_000_000
MOST_ENTRIES = 2000
MOST_COLUMNS = 200
MOST_BLANK_ROWS = 1000
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
# Whatever a damaged or hostile workbook makes its readers raise.
BROKEN = (KeyError, ValueError, IndexError, AttributeError, TypeError, SyntaxError, OSError, zipfile.BadZipFile, zlib.error)


def workbook_rows(path: Path) -> Iterator[Row]:
    """Every row that is not blank. A sheet that goes on with blank rows ends after a thousand of them."""
    _refuse_bombs(path)
    try:
        blank = 0
        for number, values in enumerate(_values(path), start=1):
            cells = _cells(values)
            blank = 0 if cells else blank + 1
            if cells:
                yield without_nul(number, cells)
            elif blank > MOST_BLANK_ROWS:
                return
    except BROKEN as error:
        raise WorkbookBroken from error


def workbook_rows_at_most(path: Path) -> int:
    """No sheet of the workbook has more rows, blank ones counted; 0 when it cannot be unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            return max((_rows_marked(archive, name) for name in archive.namelist() if _SHEET.fullmatch(name)), default=0)
    except BROKEN:
        return 0


def _rows_marked(archive: zipfile.ZipFile, name: str) -> int:
    count, end = 0, b""
    with archive.open(name) as file:
        while piece := file.read(1_000_000):
            count += (end + piece).count(b"<row ")
            end = piece[-4:]
    return count


def _values(path: Path) -> Iterator[tuple[object, ...]]:
    from openpyxl import load_workbook

    with path.open("rb") as file:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        sheet = next((sheet for sheet in book.worksheets if sheet.sheet_state == "visible"), book.worksheets[0])
        sheet.reset_dimensions()
        yield from sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS)


def _refuse_bombs(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile as error:
        raise WorkbookBroken from error
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > LARGEST_UNPACKED_BYTES:
        raise FileTooLarge(megabytes=LARGEST_UNPACKED_BYTES // 1_000_000)
    if "xl/workbook.xml" not in {entry.filename for entry in entries}:
        raise FormatUnknown


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
