"""Rows of a CSV or XLSX file, whatever programme wrote it. Read a row at a time; nothing is trusted."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from twiza.kit.encodings import encoding_of
from twiza.kit.rows import FileEmpty, FileMissing, FileTooLarge, FileUnreadable, FormatUnknown, Row
from twiza.kit.text_tables import text_rows
from twiza.kit.workbooks import workbook_rows, workbook_rows_at_most

LARGEST_BYTES = 200_000_000
# Old Excel or a password, PDF, gzip, pictures, RTF: named by their first bytes.
OTHER_FORMATS = (b"\xd0\xcf\x11\xe0", b"%PDF", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf", b"\x7fELF")


def read_table(path: Path, *, encoding: str = "", separator: str = "") -> Iterator[Row]:
    """Every row that is not blank. Raises a FileUnreadable, before the first row when it can be known then."""
    if not path.is_file():
        raise FileMissing(path=path.name)
    if path.stat().st_size > LARGEST_BYTES:
        raise FileTooLarge(megabytes=LARGEST_BYTES // 1_000_000)
    try:
        with path.open("rb") as file:
            head = file.read(512)
    except OSError as error:
        raise FileUnreadable from error
    if not head.strip():
        raise FileEmpty
    if head.startswith(b"PK"):
        return workbook_rows(path)
    if head.startswith(OTHER_FORMATS):
        raise FormatUnknown
    return text_rows(path, encoding or encoding_of(path), separator)


def rows_at_most(path: Path) -> int:
    """No more rows than this are in the file: quick to know, and often exact. 0 when it cannot be known."""
    try:
        if _is_workbook(path):
            return workbook_rows_at_most(path)
        with path.open("rb") as file:
            pieces = iter(lambda: file.read(1_000_000), b"")
            return max(map(sum, zip(*((piece.count(b"\n"), piece.count(b"\r")) for piece in pieces), strict=True)), default=0) + 1
    except OSError:
        return 0


def has_more_rows(path: Path, most: int, *, encoding: str = "", separator: str = "") -> bool:
    """The file has more rows than so many. A long file is read once to know."""
    if rows_at_most(path) <= most:
        return False
    rows = read_table(path, encoding=encoding, separator=separator)
    return _is_workbook(path) or next(islice(rows, most, None), None) is not None


def _is_workbook(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == b"PK"
