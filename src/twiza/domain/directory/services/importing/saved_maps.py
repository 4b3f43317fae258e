"""Column maps said once and found again, by their name or by the headings of a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from twiza.domain.directory.models import SavedColumnMap
from twiza.domain.directory.services.importing.headings import ColumnMap, HeadingsUnknown, column_map_said, columns_of
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.kit.errors import DomainError
from twiza.kit.folding import fold_words
from twiza.kit.table_headings import HEADINGS_WITHIN, LONGEST_HEADING, Column
from twiza.kit.tables import read_table

LONGEST_NAME = 80


class MapNameMissing(DomainError):
    code = "map_name_missing"
    sentence = _("Give the column map a name of at most %(most)s characters.")


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
    return tuple(_saved(row) for row in SavedColumnMap.objects.order_by("name"))


def saved_column_map(name: str) -> SavedMap | None:
    """The column map saved under this name."""
    row = SavedColumnMap.objects.filter(name=name.strip()).first()
    return _saved(row) if row else None


@transaction.atomic
def save_column_map(name: str, column_map: ColumnMap, *, by: User | None, headings: Sequence[str] = ()) -> SavedMap:
    """The map is found by its name, and by the headings it was made for; one of the same name is replaced.

    Refuses an empty or long name (MapNameMissing) and a map that names an unknown field, sector or separator (MapUnreadable).
    """
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise MapNameMissing(most=LONGEST_NAME)
    column_map = column_map_said(_as_told(column_map))
    values = {"said": asdict(column_map), "by": by, "headings_fingerprint": headings_fingerprint(headings)}
    row, _is_new = SavedColumnMap.objects.update_or_create(name=name, defaults=values)
    record("directory.save_column_map", subject=f"column_map:{row.pk}", by=by, details={"name": name})
    return _saved(row)


def forget_column_map(name: str, *, by: User | None) -> None:
    """No map has this name any more."""
    for row in SavedColumnMap.objects.filter(name=name):
        record("directory.forget_column_map", subject=f"column_map:{row.pk}", by=by, details={"name": name})
        row.delete()


def column_map_for(path: Path) -> SavedMap | None:
    """The map that was saved for a file with the same headings. Raises FileUnreadable when the file is no table."""
    known = {one.headings_fingerprint: one for one in saved_column_maps() if one.headings_fingerprint}
    if not known:
        return None
    first = islice(read_table(path), HEADINGS_WITHIN)
    return next((known[one] for row in first if (one := headings_fingerprint(row.cells)) in known), None)


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


def headings_fingerprint(headings: Sequence[str]) -> str:
    """The same for headings that say the same, however accented, spaced or cased; nothing for none."""
    folded = [words for heading in headings if (words := fold_words(heading[:LONGEST_HEADING]))]
    return sha256("\n".join(folded).encode()).hexdigest() if folded else ""


def _as_told(column_map: ColumnMap) -> Mapping[str, object]:
    """As the file of a map would say it: field to headings."""
    columns: dict[str, list[str]] = {}
    for heading, meaning in column_map.columns.items():
        columns.setdefault(meaning, []).append(heading)
    plain = {name: value for name, value in asdict(column_map).items() if isinstance(value, str) and value}
    return {**plain, "columns": columns, "sectors": dict(column_map.sectors)}


def _saved(row: SavedColumnMap) -> SavedMap:
    return SavedMap(row.name, ColumnMap(**row.said), row.headings_fingerprint, row.saved_at)
