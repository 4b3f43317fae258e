"""Texts that a spreadsheet shows and does not run."""

from __future__ import annotations

import unicodedata

RUNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def inert_cell(text: str) -> str:
    """The text, with an apostrophe before one that a spreadsheet would take for a formula."""
    return f"'{text}" if _would_run(text) else text


def _would_run(text: str) -> bool:
    """Whatever stands before the sign, when nobody sees it."""
    seen = next((sign for sign in text if not sign.isspace() and unicodedata.category(sign) not in {"Cc", "Cf"}), "")
    return seen in RUNS if seen else False
