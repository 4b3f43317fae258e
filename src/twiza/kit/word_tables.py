"""Tables of words beside the code that reads them, which anybody may lengthen."""

from __future__ import annotations

from pathlib import Path


def words_by_code(table: Path) -> dict[str, tuple[str, ...]]:
    """A line holds a code, a tab, and its words separated by `|`; the first line says so."""
    lines = table.read_text(encoding="utf-8").splitlines()[1:]
    return {code: tuple(words.split("|")) for code, words in (line.split("\t") for line in lines)}
