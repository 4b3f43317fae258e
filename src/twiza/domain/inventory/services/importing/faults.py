"""What can be wrong with a row of a list of products, in words its owner understands."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from twiza.kit.table_faults import ERROR, WARNING, RowRejected, TableFault

SENTENCES: dict[str, str | Promise] = {
    # These reject the row.
    "cell_too_long": _("A cell has more than %(most)s characters; is a quotation mark missing?"),
    "quote_never_closed": _("A quotation mark is opened and never closed."),
    "too_many_cells": _("The row has %(cells)s cells and the headings are %(headings)s; is a cell with a separator unquoted?"),
    "no_product_name": _("The row has no name of a product."),
    "product_name_too_long": _("The name of a product has at most %(most)s characters."),
    "product_name_unreadable": _("The name holds characters that cannot be read."),
    "cooperative_missing": _("The row does not say whose product it is."),
    "cooperative_unknown": _("You look after no cooperative of this name, number or address."),
    "cooperative_other": _("This is another cooperative; here you import what yours sells."),
    "cooperative_ambiguous": _("Several cooperatives have this name. Write its number in the register instead."),
    "kind_unknown": _("We do not know what kind of product this is. Perhaps: %(near)s."),
    "kind_missing": _("Write what kind of product it is, as “honey” or “soap”."),
    "content_missing": _("Write how much is in one, as 500 g, 1/2 L or 1 piece."),
    "content_unreadable": _("We cannot read how much is in one. Write it as 500 g, 1/2 L or 1 piece."),
    "unit_unknown": _("We do not know this measure. Write g, kg, ml, cl, L or piece."),
    "price_missing": _("Write the price of one, as 90 or 12,50."),
    "price_unreadable": _("This is not an amount. Write it as 90 or 12,50."),
    "price_implausible": _("A price is between %(least)s and %(most)s DH."),
    "number_ambiguous": _("This can be read as two numbers. Write 1200, or 1,20."),
    "product_ambiguous": _("Several products of this cooperative have this name. Change it on their pages first."),
    "two_products": _("The French name is that of “%(first)s” and the Arabic one that of “%(second)s”."),
    "same_product_before": _("Row %(line)s already has this product in this size, and says something else."),
    "too_many_products": _("A cooperative has at most %(most)s products here."),
    "refused": "%(sentence)s",
    # These do not.
    "no_rows": _("There is no row below the headings."),
    "heading_twice": _("An earlier column says the same; this one is not read."),
    "marks_removed": _("Invisible marks of the direction of writing were taken out."),
    "nul_removed": _("NUL bytes were taken out."),
    "characters_unreadable": _("Some characters cannot be read; the value is left out."),
    "encoding_repaired": _("The accents were damaged and have been set right."),
    "spreadsheet_error": _("The spreadsheet shows an error here; the value is left out."),
    "same_row_before": _("The row says the same as row %(line)s."),
    "kind_guessed": _("Read as “%(kind)s”."),
    "price_jumps": _("It was %(was)s DH, it becomes %(becomes)s DH. Is this right?"),
    "stock_unreadable": _("This is not a whole number of pieces; it is left out."),
    "stock_promised": _("%(promised)s are promised to buyers; the number stays as it is."),
    "story_too_long": _("The value is longer than %(most)s characters and was cut."),
    "photo_not_sent": _("A photo is named here, and no ZIP file of photos was sent."),
    "photo_refused": "%(sentence)s",
}  # fmt: skip
# The row is refused because another row or what the cooperative sells says otherwise.
CONFLICTS = frozenset({"same_product_before", "two_products", "product_ambiguous"})


class ProductFault(TableFault):
    """What is wrong with a row of a list of products."""

    sentences = SENTENCES


class CellTrouble(ValueError):
    """Carries the fault's code and facts."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


def warning(line: int, column: str, value: str, code: str, /, **facts: Any) -> ProductFault:
    """The row is kept; its owner should know."""
    return ProductFault(line, column, value[:200], code, WARNING, facts)


def rejected(line: int, column: str, value: str, code: str, /, **facts: Any) -> RowRejected:
    """The row is not kept."""
    return RowRejected(ProductFault(line, column, value[:200], code, ERROR, facts))
