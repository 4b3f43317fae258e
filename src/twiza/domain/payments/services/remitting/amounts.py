"""Amounts as carriers' programs write them: 275,00 · 1 275.50 DH · ‎1.275,50 · ٢٧٥٫٠٠. Never guessed."""

from __future__ import annotations

import re

from twiza.kit.money import read_dirhams

_DIGITS = {ord(digit): str(value) for row in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹") for value, digit in enumerate(row)}
_CURRENCY = re.compile(r"(dhs?|mad|د\.م\.?|درهم)", re.IGNORECASE)
_SPACES = re.compile(r"[\s\u00a0\u202f\u200e\u200f\u061c'’]")
_GROUPED = re.compile(r"^\d{1,3}([.,])\d{3}(\1\d{3})*$")


def centimes_written(text: str) -> int | None:
    """None for what is no amount, and for what may be read in two ways, as 1.275."""
    kept = text.translate(_DIGITS).replace("٫", ".").replace("٬", "").replace("،", ",")
    kept = _SPACES.sub("", _CURRENCY.sub("", kept))
    if _GROUPED.match(kept):
        return None
    if "," in kept and "." in kept:
        thousands = "," if kept.rfind(",") < kept.rfind(".") else "."
        kept = kept.replace(thousands, "")
    return read_dirhams(kept)
