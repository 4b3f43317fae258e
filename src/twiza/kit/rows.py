"""What a table file is made of, and why one may not be read."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from twiza.kit.errors import DomainError

# What a spreadsheet itself can hold.
LONGEST_CELL = 32_767
SHOWN_OF_LONG_CELL = 200


@dataclass(frozen=True)
class Row:
    """`number` is the line a spreadsheet shows it on, `trouble` what was wrong with its writing:
    "", quote, nul, or cell when one is too long."""

    number: int
    cells: list[str]
    trouble: str = ""


class FileUnreadable(DomainError):
    code = "file_unreadable"
    sentence = _("This file cannot be read as a table.")


class FileMissing(FileUnreadable):
    code = "file_missing"
    sentence = _("There is no file at %(path)s.")


class FileEmpty(FileUnreadable):
    code = "file_empty"
    sentence = _("The file is empty.")


class FileTooLarge(FileUnreadable):
    code = "file_too_large"
    sentence = _("The file is too large: at most %(megabytes)s MB, unpacked.")


class FormatUnknown(FileUnreadable):
    code = "format_unknown"
    sentence = _("This is neither CSV nor XLSX. Open it in a spreadsheet and save it as CSV or XLSX.")


class LineTooLong(FileUnreadable):
    code = "line_too_long"
    sentence = _("A line has more than %(most)s characters. Is this a table?")


class WorkbookBroken(FileUnreadable):
    code = "workbook_broken"
    sentence = _("The XLSX file is damaged or protected by a password.")


class CellTooLong(FileUnreadable):
    code = "cell_too_long"
    sentence = _("A cell of this workbook has more than %(most)s characters. Is this a table?")


def as_row(number: int, cells: list[str], trouble: str = "") -> Row:
    """The row as PostgreSQL can keep it: without NUL, and no cell longer than a spreadsheet's; one that had such says so."""
    if any("\x00" in cell for cell in cells):
        cells, trouble = [cell.replace("\x00", "") for cell in cells], trouble or "nul"
    if any(len(cell) > LONGEST_CELL for cell in cells):
        cells, trouble = [cell[:SHOWN_OF_LONG_CELL] for cell in cells], "cell"
    return Row(number, cells, trouble)
