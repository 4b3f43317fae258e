"""Which column of a list of products holds what, in French, Arabic or English."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from twiza.kit.folding import fold_words
from twiza.kit.rows import FileEmpty, FileUnreadable, Row
from twiza.kit.table_headings import HEADINGS_WITHIN, Headings, columns_in, headings_with
from twiza.kit.word_tables import words_by_code

HEADINGS = words_by_code(Path(__file__).with_name("headings.tsv"))
FIELDS = frozenset(HEADINGS)
NAMES = frozenset({"name", "name_fr", "name_ar"})
_KNOWN = {fold_words(written): meaning for meaning, headings in HEADINGS.items() for written in headings}


class ProductHeadingsUnknown(FileUnreadable):
    code = "product_headings_unknown"
    sentence = _(
        "We do not recognise the headings of this file. It needs at least a column “Product” and a column “Price”;"
        " our example shows them all."
    )


def find_headings(rows: Iterator[Row]) -> Headings:
    """The first row that names a product and its price. Titles and blank rows may stand above it.

    Raises ProductHeadingsUnknown, FileEmpty.
    """
    above = 0
    for row in islice(rows, HEADINGS_WITHIN):
        above += 1
        columns = columns_in(row.cells, (), _KNOWN)
        fields = {column.field for column in columns}
        if "price" in fields and fields & NAMES:
            return headings_with(row.number, row.cells, columns, _KNOWN)
    raise ProductHeadingsUnknown if above else FileEmpty
