"""Column maps said once and found again, by their name or by the headings of a file: of registers and of lists of products."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from twiza.domain.directory.models import SavedColumnMap
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.kit.errors import DomainError
from twiza.kit.table_headings import HEADINGS_WITHIN, headings_fingerprint
from twiza.kit.tables import read_table

LONGEST_NAME = 80


class MapNameMissing(DomainError):
    code = "map_name_missing"
    sentence = _("Give the column map a name of at most %(most)s characters.")


@dataclass(frozen=True)
class MapShelf:
    """Where maps of one kind of file lie. `organisation_id` says whose; None is whoever keeps the register or the server."""

    reads: SavedColumnMap.Reads
    organisation_id: int | None = None

    @property
    def rows(self) -> QuerySet[SavedColumnMap]:
        """What lies there, by name."""
        return SavedColumnMap.objects.filter(reads=self.reads, belongs_to=self.organisation_id).order_by("name")


@dataclass(frozen=True)
class KeptMap:
    """`said` as it was kept. `headings_fingerprint` is empty when it was saved without a file."""

    name: str
    said: Mapping[str, Any]
    headings_fingerprint: str
    saved_at: datetime


def kept_maps(shelf: MapShelf) -> tuple[KeptMap, ...]:
    """Every map of the shelf, by name."""
    return tuple(_kept(row) for row in shelf.rows)


def kept_map(shelf: MapShelf, name: str) -> KeptMap | None:
    """The map saved under this name."""
    row = shelf.rows.filter(name=name.strip()).first()
    return _kept(row) if row else None


@transaction.atomic
def keep_map(shelf: MapShelf, name: str, said: Mapping[str, Any], *, by: User | None, headings: Sequence[str] = ()) -> KeptMap:
    """The map is found by its name, and by the headings it was made for; one of the same name on the shelf is replaced.

    Raises MapNameMissing for an empty or long name.
    """
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise MapNameMissing(most=LONGEST_NAME)
    row, _is_new = SavedColumnMap.objects.update_or_create(
        reads=shelf.reads,
        belongs_to_id=shelf.organisation_id,
        name=name,
        defaults={"said": said, "by": by, "headings_fingerprint": headings_fingerprint(headings)},
    )
    record("directory.save_column_map", subject=f"column_map:{row.pk}", by=by, details={"name": name})
    return _kept(row)


def forget_map(shelf: MapShelf, name: str, *, by: User | None) -> None:
    """No map of the shelf has this name any more."""
    for row in shelf.rows.filter(name=name):
        record("directory.forget_column_map", subject=f"column_map:{row.pk}", by=by, details={"name": name})
        row.delete()


def maps_by_headings(shelf: MapShelf) -> dict[str, KeptMap]:
    """Those that were saved for a file, by the fingerprint of its headings; the last saved of two."""
    return {row.headings_fingerprint: _kept(row) for row in shelf.rows.exclude(headings_fingerprint="").order_by("saved_at")}


def kept_map_for(shelf: MapShelf, path: Path) -> KeptMap | None:
    """The map that was saved for a file with the same headings. Raises FileUnreadable when the file is no table."""
    known = maps_by_headings(shelf)
    if not known:
        return None
    first = islice(read_table(path), HEADINGS_WITHIN)
    return next((known[one] for row in first if (one := headings_fingerprint(row.cells)) in known), None)


def _kept(row: SavedColumnMap) -> KeptMap:
    return KeptMap(row.name, row.said, row.headings_fingerprint, row.saved_at)
