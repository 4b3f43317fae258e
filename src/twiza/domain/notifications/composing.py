"""Puts facts into the words of `texts/`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

TEXTS = Path(__file__).parent / "texts"
# Nobody types Tifinagh on a keypad and it triples the cost: who reads Tamazight is written to in Latin Darija,
# until native writers have given us the texts in Tamazight.
WRITTEN_AS = {"zgh": "ary"}
# The longest that a list of goods may be in a text; the whole is on the order's page and in the answer to "orders".
MOST_CONTENT = 60


def compose(text: str, language: str, /, **facts: object) -> str:
    """The text called `text` (as `order_placed.buyer`) in the language, with its facts."""
    return _template(text, WRITTEN_AS.get(language, language)).format(**facts)


def is_written(text: str) -> bool:
    """There is a text of this name."""
    return (TEXTS / f"{text}.en.sms.txt").exists()


def shortened(words: str, most: int = MOST_CONTENT) -> str:
    """At most so many characters, cut at a word, with dots that cost nothing."""
    if len(words) <= most:
        return words
    return words[: most - 3].rsplit(" ", 1)[0].rstrip(",") + "..."


@cache
def _template(text: str, language: str) -> str:
    return (TEXTS / f"{text}.{language}.sms.txt").read_text(encoding="utf-8").strip()
