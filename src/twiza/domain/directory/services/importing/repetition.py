"""Rows of one file that speak of the same cooperative."""

from __future__ import annotations

from dataclasses import replace

from twiza.domain.directory.services.importing.faults import Fault
from twiza.domain.directory.services.importing.matching import DECIDING
from twiza.domain.directory.services.importing.rows import ReadRow
from twiza.kit.table_faults import ERROR, WARNING, RowRejected


class SeenInFile:
    """Remembers, of every row kept, its line, its numbers and its name and place: as hashes, so that a long file fits."""

    def __init__(self) -> None:
        self._lines: dict[int, int] = {}
        self._said: dict[int, tuple[int, frozenset[int]]] = {}

    def is_repeated(self, row: ReadRow) -> Fault | None:
        """A warning when an earlier row said just this. One that said otherwise of the same cooperative raises RowRejected."""
        deciding = _deciding(row)
        for keys, code in ((deciding, "same_number_before"), (row.name_keys, "same_name_before")):
            for line in filter(None, map(self._lines.get, keys)):
                fingerprint, numbers = self._said[line]
                if code == "same_name_before" and numbers and deciding and not numbers & deciding:
                    continue
                if fingerprint == hash(row.fingerprint):
                    return Fault(row.line, "", _name(row), "same_row_before", WARNING, {"line": line})
                raise RowRejected(Fault(row.line, "", _name(row), code, ERROR, {"line": line}))
        return None

    def remember(self, row: ReadRow) -> tuple[ReadRow, list[Fault]]:
        """The row, without the lesser numbers that an earlier row has."""
        self._said[row.line] = (hash(row.fingerprint), _deciding(row))
        for key in row.name_keys:
            self._lines.setdefault(key, row.line)
        kept, faults = [], []
        for one in row.details.identifiers:
            line = self._lines.setdefault(hash((one.scheme, one.value, one.court)), row.line)
            if line == row.line:
                kept.append(one)
            else:
                value = f"…{one.value[-4:]}" if one.scheme == "rib" else one.value
                faults.append(Fault(row.line, one.scheme, value, "number_before", WARNING, {"line": line}))
        return (replace(row, details=replace(row.details, identifiers=tuple(kept))), faults) if faults else (row, [])


def _deciding(row: ReadRow) -> frozenset[int]:
    numbers = (one for one in row.details.identifiers if one.scheme in DECIDING)
    return frozenset(hash((one.scheme, one.value, one.court)) for one in numbers)


def _name(row: ReadRow) -> str:
    return row.details.name_fr or row.details.name_ar or row.details.name_zgh
