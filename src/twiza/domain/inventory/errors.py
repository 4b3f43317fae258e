"""Refusals about stock."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from twiza.kit.errors import DomainError, NotFound, refusal_said
from twiza.kit.table_faults import TableFault


class OutOfStock(DomainError):
    """Fewer are left than were asked for. Facts: variant_id, product, wanted, left."""

    code = "out_of_stock"
    sentence = _("%(product)s: only %(left)s left, you asked for %(wanted)s.")


class PromisedMore(DomainError):
    """More are promised to buyers than were counted. Facts: product, promised."""

    code = "promised_more"
    sentence = _("%(product)s: %(promised)s are promised to buyers. Refuse an order first, or count again.")


class PastItsDate(DomainError):
    """It may not be sold any more today. Facts: best_before."""

    code = "past_its_date"
    sentence = _("This date is over: %(best_before)s. What is past its date cannot be sold.")


class MadeTomorrow(DomainError):
    """What is not made yet is not on a shelf. Facts: produced_on."""

    code = "made_tomorrow"
    sentence = _("%(produced_on)s is still to come. Write the day on which you made it.")


class StockMovedMeanwhile(DomainError):
    """Sold or counted by somebody else since it was looked at. Facts: number (on hand now)."""

    code = "stock_moved_meanwhile"
    sentence = _("Meanwhile it has moved: there are %(number)s now. Is your number still right? Then save again.")


class ProductImportNotFound(NotFound):
    """Facts: batch."""

    code = "product_import_not_found"
    sentence = _("There is no import of products with the number %(batch)s.")


class ProductColumnsMissing(DomainError):
    code = "product_columns_missing"
    sentence = _("Say which column holds the name of the product, and which its price.")


class LotNotRecalled(DomainError):
    code = "lot_not_recalled"
    sentence = _("This lot is not recalled any more.")


class ImportNotReady(DomainError):
    code = "product_import_not_ready"
    sentence = _("This list is not ready for that. Look at it again.")


class ListGone(DomainError):
    code = "product_list_gone"
    sentence = _("The file is not kept any more. Send it again.")


class ListTooLarge(DomainError):
    """Facts: megabytes."""

    code = "product_list_too_large"
    sentence = _("This file is too large (more than %(megabytes)s MB). Send it in several.")


class ListKeptBreaking(DomainError):
    code = "product_list_kept_breaking"
    sentence = _("Reading this file broke off again and again. Send it as CSV, or in several files.")


# What can be wrong with a row of a list of products, in words its owner understands.
PRODUCT_FAULTS: dict[str, str | Promise] = {
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
    "refused": DomainError.sentence,
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
    "photo_refused": DomainError.sentence,
}  # fmt: skip
# The row is refused because another row or what the cooperative sells says otherwise.
PRODUCT_CONFLICTS = frozenset({"same_product_before", "two_products", "product_ambiguous"})


class ProductFault(TableFault):
    """What is wrong with a row of a list of products."""

    sentences = PRODUCT_FAULTS

    @property
    def reason(self) -> str:
        """In the active language; what another refusal explains is said in its words."""
        if refusal := self.facts.get("refusal"):
            return refusal_said(str(refusal), self.facts)
        language = get_language() if get_language() in {"ar", "en"} else "fr"
        facts = {name.removesuffix(f"_{language}"): fact for name, fact in self.facts.items()}
        return str(self.sentences[self.code]) % facts


# Why a product stays when the list that brought it is taken back.
REASONS_TO_STAY: dict[str, str | Promise] = {
    "edited": pgettext_lazy("product", "somebody has changed it since"),
    "other_list": _("another list names it too"),
    "in_use": _("somebody has ordered it; it is not on sale any more"),
}


@dataclass(frozen=True)
class KeptProduct:
    """A product that stays, and why: a code of REASONS_TO_STAY."""

    slug: str
    name: str
    reason: str

    @property
    def sentence(self) -> str:
        """The reason, in the active language."""
        return str(REASONS_TO_STAY[self.reason])
