"""Which row of a table holds its headings, and what stands below each."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from twiza.kit.folding import fold_words

# Titles may stand above the headings, within so many rows.
HEADINGS_WITHIN = 20
LONGEST_HEADING = 120
_PARTS = re.compile(r"[/|()\n،]|\s[-–]\s")


@dataclass(frozen=True)
class Column:
    place: int
    heading: str
    field: str


@dataclass(frozen=True)
class Headings:
    """The row of headings without the empty cells at its end. `repeated` say what an earlier one says, and are not read."""

    line: int
    cells: tuple[str, ...]
    columns: tuple[Column, ...]
    repeated: tuple[str, ...]

    @property
    def not_read(self) -> tuple[str, ...]:
        """The headings that nothing is known about."""
        read = {column.place for column in self.columns}
        return tuple(cell.strip() for place, cell in enumerate(self.cells) if place not in read and cell.strip())


def meaning_of(cell: str, *tables: Mapping[str, str]) -> str:
    """The field a heading names, by tables of folded words: as a whole, else by one of its parts. Nothing when unknown."""
    if len(cell) > LONGEST_HEADING:
        return ""
    whole = fold_words(cell)
    parts = [fold_words(part) for part in _PARTS.split(cell)]
    return next((table[form] for form in [whole, *parts] for table in tables if form in table), "")


def columns_in(cells: Sequence[str], many: Collection[str], *tables: Mapping[str, str]) -> list[Column]:
    """The columns that can be read. The first of two that say the same counts, unless the field may have `many`."""
    columns: list[Column] = []
    seen: set[str] = set()
    for place, cell in enumerate(cells):
        meaning = meaning_of(cell, *tables)
        if meaning and (meaning not in seen or meaning in many):
            seen.add(meaning)
            columns.append(Column(place, " ".join(cell.split()), meaning))
    return columns


def headings_with(line: int, cells: Sequence[str], columns: Sequence[Column], *tables: Mapping[str, str]) -> Headings:
    """The row of headings, of which these columns are read."""
    last = max(place for place, cell in enumerate(cells) if cell.strip())
    read = {column.place for column in columns}
    repeated = (" ".join(cell.split()) for place, cell in enumerate(cells) if place not in read and meaning_of(cell, *tables))
    return Headings(line, tuple(cells[: last + 1]), tuple(columns), tuple(repeated))


def headings_fingerprint(headings: Sequence[str]) -> str:
    """The same for headings that say the same, however accented, spaced or cased; nothing for none."""
    folded = [words for heading in headings if (words := fold_words(heading[:LONGEST_HEADING]))]
    return sha256("\n".join(folded).encode()).hexdigest() if folded else ""
