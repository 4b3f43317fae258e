"""The rows of a CSV file, with the separator it uses and the quotation marks somebody forgot to close."""

from __future__ import annotations

import csv
from collections import Counter, deque
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from twiza.kit.rows import SHOWN_OF_LONG_CELL, FileUnreadable, LineTooLong, Row, as_row

LARGEST_LINE = 200_000
LONGEST_RECORD_LINES = 60
SEPARATORS = ";,\t|"


def text_rows(path: Path, encoding: str, separator: str = "") -> Iterator[Row]:
    """Every row that is not blank. A quotation never closed costs its own line, not the rest of the file."""
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        lines = _Lines(file)
        first = lines.ahead(30)
        if any(isinstance(line, _Cut) for line in first):
            raise LineTooLong(most=LARGEST_LINE)
        told = first[0].strip().lower() if first else ""
        if told.startswith("sep=") and len(told) == len("sep=;"):
            separator = separator or told[-1]
            lines.waiting[0] = "\n"
        yield from _records(lines, separator or _separator_of(first))


def separator_of(path: Path, encoding: str) -> str:
    """The separator the file names itself (`sep=;`), else the one its first lines were cut with."""
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        first = _Lines(file).ahead(30)
    told = first[0].strip().lower() if first else ""
    return told[-1] if told.startswith("sep=") and len(told) == len("sep=;") else _separator_of(first)


class _Cut(str):
    """What is kept of a line longer than any table's."""

    __slots__ = ()


class _Lines:
    """Lines that may be looked at before they are taken, and put back."""

    def __init__(self, file: TextIO) -> None:
        self.file = file
        self.waiting: deque[str] = deque()

    def ahead(self, most: int) -> list[str]:
        """The next lines, which stay. Raises FileUnreadable."""
        while len(self.waiting) < most and (line := self._read()):
            self.waiting.append(line if len(line) < LARGEST_LINE else self._cut(line))
        return list(self.waiting)[:most]

    def take(self) -> str:
        """The next line, or nothing at the end."""
        if not self.waiting:
            self.ahead(1)
        return self.waiting.popleft() if self.waiting else ""

    def _read(self) -> str:
        try:
            return self.file.readline(LARGEST_LINE)
        except UnicodeError as error:  # said to be UTF-16, which does not begin like this
            raise FileUnreadable from error

    def _cut(self, line: str) -> str:
        """Reads on to the end of the line and keeps its beginning."""
        beginning = _Cut(line[:SHOWN_OF_LONG_CELL])
        while len(line) == LARGEST_LINE and not line.endswith(("\n", "\r")):
            line = self.file.readline(LARGEST_LINE)
        return beginning

    def put_back(self, lines: list[str]) -> None:
        self.waiting.extendleft(reversed(lines))


def _records(lines: _Lines, separator: str) -> Iterator[Row]:
    number = 1
    while line := lines.take():
        if isinstance(line, _Cut):
            yield Row(number, [line], "cell")
            number += 1
            continue
        cells, others = _quoted_over_lines(line, lines, separator) if '"' in line else (line.rstrip("\r\n").split(separator), [])
        trouble = "" if cells is not None else "quote"
        if cells is None:
            cells = line.rstrip("\r\n").split(separator)
        if any(not cell.isspace() for cell in cells if cell):
            yield as_row(number, cells, trouble)
        number += 1 + len(others)


def _quoted_over_lines(line: str, lines: _Lines, separator: str) -> tuple[list[str] | None, list[str]]:
    """The record that begins with this line, and the further lines it took; None when its quotation is never closed."""
    others: list[str] = []
    cells = _cells(line, separator, is_strict=False)
    while cells is None and len(others) < LONGEST_RECORD_LINES and (more := lines.take()):
        others.append(more)
        cells = _cells(line + "".join(others), separator, is_strict=True) if '"' in more else None
        if cells == []:
            break
    if not cells:
        lines.put_back(others)
        return None, []
    return cells, others


def _cells(record: str, separator: str, *, is_strict: bool) -> list[str] | None:
    """None while a quotation is still open. A mark that stands where none may is kept, or, strictly, makes it no record."""
    try:
        return next(csv.reader([record], delimiter=separator, strict=True), [])
    except csv.Error as error:
        if "unexpected end" in str(error):
            return None
        return [] if is_strict else next(csv.reader([record], delimiter=separator), [])


def _separator_of(lines: list[str]) -> str:
    """The one that cuts most lines into the same number of cells, the more cells the better."""
    filled = [line for line in lines if line.strip()]

    def agreement(separator: str) -> int:
        counts = Counter(len(_cells(line, separator, is_strict=False) or ()) for line in filled)
        return max((count * (cells - 1) for cells, count in counts.items()), default=0)

    return max(SEPARATORS, key=agreement)
