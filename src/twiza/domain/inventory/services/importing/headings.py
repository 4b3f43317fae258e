"""Which column of a list of products holds what, in French, Arabic or English, or as a map says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext_lazy as _

from twiza.kit.column_maps import columns_said, map_in, plain_said
from twiza.kit.folding import fold_words
from twiza.kit.rows import FileEmpty, FileUnreadable, Row
from twiza.kit.table_headings import HEADINGS_WITHIN, Column, Headings, columns_in, headings_with
from twiza.kit.word_tables import words_by_code

HEADINGS = words_by_code(Path(__file__).with_name("headings.tsv"))
FIELDS = frozenset(HEADINGS)
NAMES = frozenset({"name", "name_fr", "name_ar"})
PLAIN = ("encoding", "separator")
NOTHING: Mapping[str, str] = MappingProxyType({})
_KNOWN = {fold_words(written): meaning for meaning, headings in HEADINGS.items() for written in headings}


class ProductHeadingsUnknown(FileUnreadable):
    code = "product_headings_unknown"
    sentence = _(
        "We do not recognise the headings of this file. It needs at least a column “Product” and a column “Price”;"
        " our example shows them all."
    )


@dataclass(frozen=True)
class ProductMap:
    """What somebody knows of a list: folded heading → field, nothing for a column that is not read; and how it is written."""

    columns: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""
    separator: str = ""

    @property
    def written(self) -> dict[str, str]:
        """How the file is to be read."""
        return {"encoding": self.encoding, "separator": self.separator}


def read_product_map(path: Path) -> ProductMap:
    """The map in a TOML file. Raises MapUnreadable."""
    return product_map_said(map_in(path))


def product_map_said(told: Mapping[str, Any]) -> ProductMap:
    """The map that a file or a form says: `columns` as field → heading or headings, and how it is written.

    Raises MapUnreadable.
    """
    return ProductMap(columns_said(told, FIELDS), **plain_said(told, PLAIN))


def columns_of_products(cells: Sequence[str], told: Mapping[str, str] = NOTHING) -> list[Column]:
    """The columns we can read, when these cells are headings; else none."""
    columns = columns_in(cells, (), told, _KNOWN)
    fields = {column.field for column in columns}
    return columns if "price" in fields and fields & NAMES else []


def fields_guessed(headings: Sequence[str]) -> list[str]:
    """For each heading of its own the field we would take it for, once each; nothing where we cannot tell."""
    guesses = {column.place: column.field for column in columns_in(headings, (), _KNOWN)}
    return [guesses.get(place, "") for place in range(len(headings))]


def find_headings(rows: Iterator[Row], told: Mapping[str, str] = NOTHING) -> Headings:
    """The first row that names a product and its price. Titles and blank rows may stand above it.

    Raises ProductHeadingsUnknown, FileEmpty.
    """
    above = 0
    for row in islice(rows, HEADINGS_WITHIN):
        above += 1
        if columns := columns_of_products(row.cells, told):
            return headings_with(row.number, row.cells, columns, told, _KNOWN)
    raise ProductHeadingsUnknown if above else FileEmpty
