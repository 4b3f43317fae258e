"""Column maps of registers, said once and found again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from twiza.domain.directory.models import SavedColumnMap
from twiza.domain.directory.services.column_maps import (
    KeptMap,
    MapShelf,
    forget_map,
    keep_map,
    kept_map,
    kept_map_for,
    kept_maps,
)
from twiza.domain.directory.services.importing.headings import ColumnMap, HeadingsUnknown, column_map_said, columns_of
from twiza.foundation.accounts.models import User
from twiza.kit.column_maps import columns_told
from twiza.kit.table_headings import HEADINGS_WITHIN, Column
from twiza.kit.tables import read_table

SHELF = MapShelf(SavedColumnMap.Reads.COOPERATIVES)


@dataclass(frozen=True)
class SavedMap:
    """A column map with its name. `headings_fingerprint` is empty when it was saved without a file."""

    name: str
    column_map: ColumnMap
    headings_fingerprint: str
    saved_at: datetime


@dataclass(frozen=True)
class FoundHeadings:
    """The first row of a file that holds headings: as written, which of them are read as what, and the row's line."""

    headings: tuple[str, ...]
    columns: tuple[Column, ...]
    line: int


def saved_column_maps() -> tuple[SavedMap, ...]:
    """Every saved column map, by name."""
    return tuple(_saved(kept) for kept in kept_maps(SHELF))


def saved_column_map(name: str) -> SavedMap | None:
    """The column map saved under this name."""
    kept = kept_map(SHELF, name)
    return _saved(kept) if kept else None


def save_column_map(name: str, column_map: ColumnMap, *, by: User | None, headings: Sequence[str] = ()) -> SavedMap:
    """The map is found by its name, and by the headings it was made for; one of the same name is replaced.

    Refuses an empty or long name (MapNameMissing) and a map that names an unknown field, sector or separator (MapUnreadable).
    """
    column_map = column_map_said(_as_told(column_map))
    return _saved(keep_map(SHELF, name, asdict(column_map), by=by, headings=headings))


def forget_column_map(name: str, *, by: User | None) -> None:
    """No map has this name any more."""
    forget_map(SHELF, name, by=by)


def column_map_for(path: Path) -> SavedMap | None:
    """The map that was saved for a file with the same headings. Raises FileUnreadable when the file is no table."""
    kept = kept_map_for(SHELF, path)
    return _saved(kept) if kept else None


def headings_in(path: Path, told: ColumnMap | None = None) -> FoundHeadings:
    """The headings of the file and how they are read; the first row, nothing of it read, when none is recognised.

    Raises FileUnreadable when the file is no table.
    """
    told = told or ColumnMap()
    first = list(islice(read_table(path, encoding=told.encoding, separator=told.separator), HEADINGS_WITHIN))
    if not first:
        raise HeadingsUnknown
    for row in first:
        if columns := columns_of(row.cells, told.columns):
            return FoundHeadings(tuple(row.cells), tuple(columns), row.number)
    widest = max(first, key=lambda row: sum(bool(cell.strip()) for cell in row.cells))
    return FoundHeadings(tuple(widest.cells), (), widest.number)


def _as_told(column_map: ColumnMap) -> Mapping[str, object]:
    """As the file of a map would say it: field to headings."""
    plain = {name: value for name, value in asdict(column_map).items() if isinstance(value, str) and value}
    return {**plain, "columns": columns_told(column_map.columns), "sectors": dict(column_map.sectors)}


def _saved(kept: KeptMap) -> SavedMap:
    return SavedMap(kept.name, ColumnMap(**kept.said), kept.headings_fingerprint, kept.saved_at)
