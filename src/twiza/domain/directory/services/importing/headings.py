"""Which column holds what: headings as Moroccan registers write them, in French and Arabic, or a map that says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext_lazy as _

from twiza.domain.directory.models import ContactPoint, Sector
from twiza.domain.directory.services.importing.synonyms import words_by_code
from twiza.kit.column_maps import MapUnreadable, columns_said, map_in, plain_said, refuse_unknown
from twiza.kit.folding import fold_words
from twiza.kit.rows import FileUnreadable, Row
from twiza.kit.table_headings import Column, Headings, columns_in, headings_with

# Everything a row may say. `name` may be in any script.
HEADINGS = words_by_code("headings.tsv")
FIELDS = frozenset(HEADINGS)
NAMES = frozenset({"name", "name_fr", "name_ar", "name_zgh"})
MANY = frozenset({"phone", "whatsapp", "email", "activities", "branch", "name", "sectors", "address"})
_KNOWN = {fold_words(written): meaning for meaning, headings in HEADINGS.items() for written in headings}
PLAIN = ("encoding", "separator", "source", "licence", "contacts_are")


class HeadingsUnknown(FileUnreadable):
    code = "headings_unknown"
    sentence = _("We do not recognise the headings of this file. None of its first rows has a column for the name.")


@dataclass(frozen=True)
class ColumnMap:
    """What the operator knows of a file: heading → field, sector as written → code, and how it is written."""

    columns: Mapping[str, str] = field(default_factory=dict)
    sectors: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""
    separator: str = ""
    source: str = ""
    licence: str = ""
    contacts_are: str = "partners"


def read_map(path: Path) -> ColumnMap:
    """The map in a TOML file. Refuses one that cannot be read or names an unknown field (MapUnreadable)."""
    return column_map_said(map_in(path))


def column_map_said(told: Mapping[str, Any]) -> ColumnMap:
    """The map that a file or a form says: `columns` as field → heading or headings, `sectors` as written → code, and the
    plain values. Refuses what is no map, or names an unknown field, sector, encoding or separator (MapUnreadable)."""
    columns, plain = columns_said(told, FIELDS), plain_said(told, PLAIN)
    try:
        sectors = {fold_words(written): code for written, code in told.get("sectors", {}).items()}
        unknown = set(sectors.values()) - set(Sector.values)
    except (AttributeError, TypeError) as error:
        raise MapUnreadable(trouble=error) from error
    refuse_unknown(unknown | ({plain.get("contacts_are", "partners")} - set(ContactPoint.Visibility.values)))
    return ColumnMap(columns=columns, sectors=sectors, **plain)


def columns_of(cells: Sequence[str], told: Mapping[str, str] = MappingProxyType({})) -> list[Column]:
    """The columns we can read, when these cells are headings; else none. The first of two that say the same counts."""
    columns = columns_in(cells, MANY, told, _KNOWN)
    is_alone = len([cell for cell in cells if cell.strip()]) == 1
    has_name = any(column.field in NAMES for column in columns)
    is_headings = has_name and (len(columns) >= 2 or is_alone or bool(told))
    return columns if is_headings else []


def headings_of(row: Row, told: Mapping[str, str]) -> Headings | None:
    """The row, when it is one of headings."""
    columns = columns_of(row.cells, told)
    return headings_with(row.number, row.cells, columns, told, _KNOWN) if columns else None
