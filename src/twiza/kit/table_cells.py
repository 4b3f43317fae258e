"""What a cell holds once everything that only a spreadsheet put there is taken out."""

from __future__ import annotations

import re

from twiza.kit.encodings import repaired
from twiza.kit.folding import fold

NOTHING = frozenset(
    {"", "-", "--", "—", "/", "n/a", "na", "nd", "néant", "neant", "null", "none", ".", "?", "لا شيء", "غير متوفر"}
)
LONGEST_NOTHING = max(map(len, NOTHING)) + 2
SPREADSHEET_ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#####", "#NOM?", "#VALEUR!"})
# Which way to write, and spaces without width: nobody sees them, and they part what is the same.
MARKS = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def cleaned(text: str) -> tuple[str, list[tuple[str, str]]]:
    """(what the cell says, what was wrong with it as (code, the value then)). Nothing for a dash or a spreadsheet's error.

    A text with characters that cannot be read is given back with them, under `characters_unreadable`.
    """
    if len(text) <= LONGEST_NOTHING and fold(text) in NOTHING:
        return "", []
    if text in SPREADSHEET_ERRORS:
        return "", [("spreadsheet_error", text)]
    faults = []
    if not text.isascii() and MARKS.search(text):
        faults.append(("marks_removed", text))
        text = MARKS.sub("", text).strip()
    mended = repaired(text)
    if mended != text:
        faults.append(("encoding_repaired", text))
    if "\ufffd" in mended:
        faults.append(("characters_unreadable", mended))
    return mended, faults


def last_filled(cells: list[str]) -> int:
    """How many cells a row has, without the empty ones at its end."""
    return len(cells) - next((place for place, cell in enumerate(reversed(cells)) if cell.strip()), len(cells))
