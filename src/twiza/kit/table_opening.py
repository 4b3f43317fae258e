"""The first look into a table: how it is written, which row holds the headings, what its columns seem to be."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from twiza.kit.encodings import encoding_of
from twiza.kit.rows import FileEmpty, Row
from twiza.kit.table_headings import HEADINGS_WITHIN, Column, headings_fingerprint
from twiza.kit.tables import read_table
from twiza.kit.text_tables import separator_of

ROWS_LOOKED_AT = 60
SAMPLES = 3
LONGEST_SAMPLE = 80
MOST_COLUMNS = 200
_ACCOUNT = re.compile(r"\d{20,}")
# The columns one can read of these cells; none when they are no headings.
Understood = Callable[[Sequence[str]], Sequence[Column]]


@dataclass(frozen=True)
class OpenedTable:
    """`headings` holds, by column, its place, heading, first values and the field we take it for. `rows` is None when
    only reading it all would tell."""

    headings: list[dict[str, Any]]
    fingerprint: str
    encoding: str
    separator: str
    rows: int | None


def open_table(
    path: Path, columns_of: Understood, *, encoding: str = "", separator: str = "", known: Collection[str] = ()
) -> OpenedTable:
    """What the first rows show, as far as `columns_of` understands them. A row whose fingerprint is `known` holds the headings.

    Raises FileUnreadable when it is no table.
    """
    is_text = not _is_workbook(path)
    if is_text:
        read_table(path)
        encoding = encoding or encoding_of(path)
        separator = separator or separator_of(path, encoding)
    rows = list(islice(read_table(path, encoding=encoding, separator=separator), ROWS_LOOKED_AT))
    if not rows:
        raise FileEmpty
    at = _headings_at(rows, columns_of, known)
    return OpenedTable(
        headings=_headings(rows[at], rows[at + 1 :], columns_of),
        fingerprint=headings_fingerprint(rows[at].cells),
        encoding=encoding if is_text else "",
        separator=separator if is_text else "",
        rows=_lines(path) if is_text else None,
    )


def _is_workbook(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == b"PK"


def _headings_at(rows: list[Row], columns_of: Understood, known: Collection[str]) -> int:
    """The row that somebody told us of; else one that we understand; else the one that says most, the first of them."""
    first = rows[:HEADINGS_WITHIN]
    told = [at for at, row in enumerate(first) if headings_fingerprint(row.cells) in known]
    understood = (at for at, row in enumerate(first) if columns_of(row.cells))
    filled = [len([cell for cell in row.cells if cell.strip()]) for row in first]
    return told[0] if told else next(understood, filled.index(max(filled)))


def _headings(row: Row, below: list[Row], columns_of: Understood) -> list[dict[str, Any]]:
    guesses = {column.place: column.field for column in columns_of(row.cells)}
    return [
        {"place": place, "heading": " ".join(cell.split()), "samples": _samples(below, place), "guess": guesses.get(place, "")}
        for place, cell in enumerate(row.cells[:MOST_COLUMNS])
        if cell.strip()
    ]


def _samples(rows: list[Row], place: int) -> list[str]:
    said = (" ".join(row.cells[place].split()) for row in rows if place < len(row.cells) and row.cells[place].strip())
    return [_discreet(text)[:LONGEST_SAMPLE] for text in islice(dict.fromkeys(said), SAMPLES)]


def _discreet(text: str) -> str:
    """A bank account is shown to nobody."""
    digits = re.sub(r"[\s.\-]", "", text)
    return f"…{digits[-4:]}" if _ACCOUNT.search(digits) else text


def _lines(path: Path) -> int:
    """How many lines a text file has: about as many as rows."""
    lines = 0
    with path.open("rb") as file:
        while piece := file.read(1_000_000):
            lines += piece.count(b"\n")
    return lines
