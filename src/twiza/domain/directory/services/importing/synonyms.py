"""Tables of words beside this file, which anybody may lengthen."""

from __future__ import annotations

from pathlib import Path


def words_by_code(name: str) -> dict[str, tuple[str, ...]]:
    """A line holds a code, a tab, and its words separated by `|`; the first line says so."""
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()[1:]
    return {code: tuple(words.split("|")) for code, words in (line.split("\t") for line in lines)}
