"""What can be wrong with a row, in words its owner understands."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from twiza.kit.table_faults import TableFault

SENTENCES: dict[str, str | Promise] = {
    # These reject the row.
    "cell_too_long": _("A cell has more than %(most)s characters; is a quotation mark missing?"),
    "no_name": _("The row has no name of a cooperative."),
    "name_too_long": _("A name has at most %(most)s characters; is a separator or a quotation mark missing?"),
    "name_unreadable": _("The name holds characters that cannot be read."),
    "quote_never_closed": _("A quotation mark is opened and never closed."),
    "too_many_cells": _("The row has %(cells)s cells and the headings are %(headings)s; is a cell with a separator unquoted?"),
    "registration_taken": _("This registration number already belongs to “%(other)s”."),
    "registration_conflict": _("“%(other)s” has this ICE and another registration number: %(known)s."),
    "ice_conflict": _("“%(other)s” has this registration number and another ICE: %(known)s."),
    "two_cooperatives": _("The registration number is that of “%(first)s” and the ICE that of “%(second)s”."),
    "same_number_before": _("Row %(line)s already has this number, and says something else."),
    "same_name_before": _("Row %(line)s already names this cooperative in the same place, and says something else."),
    # These do not.
    "no_rows": _("There is no row below the headings."),
    "heading_twice": _("An earlier column says the same; this one is not read."),
    "marks_removed": _("Invisible marks of the direction of writing were taken out."),
    "account_kept": _("The cooperative changes its bank account itself; this one is not kept."),
    "same_row_before": _("The row says the same as row %(line)s."),
    "too_few_cells": _("The row has %(cells)s cells and the headings are %(headings)s; the missing ones are taken as empty."),
    "nul_removed": _("NUL bytes were taken out."),
    "characters_unreadable": _("Some characters cannot be read; the value is left out."),
    "encoding_repaired": _("The accents were damaged and have been set right."),
    "spreadsheet_error": _("The spreadsheet shows an error here; the value is left out."),
    "too_long": _("The value is longer than %(most)s characters and was cut."),
    "ice_key": _("The two last digits of the ICE do not fit the others; kept, to be checked."),
    "ice_length": _("An ICE has 15 digits; the value is left out."),
    "ice_zeros": _("Zeros at the head of the ICE were lost and have been put back."),
    "rib_key": _("The two last digits of the RIB do not fit the others; kept, to be checked."),
    "rib_length": _("A RIB has 24 digits; the value is left out."),
    "scientific": _("The spreadsheet has turned the number into a formula of powers; its digits are lost."),
    "registration_odd": _("A registration number looks like 56/268/2018; kept as it is."),
    "number_before": _("Row %(line)s already has this number; it is not kept here."),
    "number_of_another": _("This number already belongs to “%(other)s”; it is not kept here."),
    "resembles": _("“%(other)s” has the same name and place and other numbers; both are kept."),
    "sector_unknown": _("We do not know this sector; counted among other services."),
    "sector_missing": _("The row names no sector."),
    "region_unknown": _("We do not know this region."),
    "province_unknown": _("We do not know this province or prefecture."),
    "province_elsewhere": _("This province is in another region: %(region)s."),
    "commune_unknown": _("We do not know this commune; its name is kept in the address."),
    "commune_ambiguous": _("Several communes have this name; give the province. Its name is kept in the address."),
    "commune_elsewhere": _("This commune is in another province; its name is kept in the address."),
    "phone_unreadable": _("This is not a telephone number; it is left out."),
    "email_unreadable": _("This is not an e-mail address; it is left out."),
    "website_unreadable": _("This is not the address of a website; it is left out."),
    "date_unreadable": _("This is not a date; it is left out."),
    "date_year_only": _("Only the year is known; the date is left out."),
    "date_future": _("This date is still to come; it is left out."),
    "count_unreadable": _("This is not a number of persons; it is left out."),
    "more_than_members": _("These are more than all members together; left out."),
}  # fmt: skip
# The row is refused because another row or the directory says otherwise.
CONFLICTS = frozenset(
    {
        "registration_taken",
        "registration_conflict",
        "ice_conflict",
        "two_cooperatives",
        "same_number_before",
        "same_name_before",
    }
)


class Fault(TableFault):
    """What is wrong with a row of a register."""

    sentences = SENTENCES
