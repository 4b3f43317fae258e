"""Tables of words beside this file, which anybody may lengthen."""

from __future__ import annotations

from pathlib import Path

from twiza.kit import word_tables


def words_by_code(name: str) -> dict[str, tuple[str, ...]]:
    """Code to words, as the table of this name says."""
    return word_tables.words_by_code(Path(__file__).parent / name)
