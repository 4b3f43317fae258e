"""The words of `words/`, folded as texts are when they are read: commands, products, numbers, units, days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

from twiza.kit.folding import fold_words

FOLDER = Path(__file__).parent / "words"
Phrase = tuple[str, ...]


def phrase(text: str) -> Phrase:
    return tuple(fold_words(text).split())


def _rows(name: str) -> Iterator[list[str]]:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()[1:]
    return (line.split("\t") for line in lines)


def _by_phrase(name: str) -> dict[Phrase, str]:
    """Each phrase of the last column and what the first column says it means."""
    return {phrase(text): row[0] for row in _rows(name) for text in row[-1].split(", ")}


@cache
def commands() -> Mapping[Phrase, str]:
    return _by_phrase("commands.tsv")


@cache
def products() -> Mapping[Phrase, str]:
    return _by_phrase("products.tsv")


@cache
def languages() -> Mapping[Phrase, str]:
    return _by_phrase("languages.tsv")


@cache
def units() -> Mapping[str, str]:
    return {words[0]: unit for words, unit in _by_phrase("units.tsv").items()}


@cache
def number_words() -> Mapping[str, Decimal]:
    return {words[0]: Decimal(value) for words, value in _by_phrase("numbers.tsv").items()}


@cache
def small_words() -> frozenset[str]:
    """Greetings, thanks, articles: beside a command about the shelf they change nothing."""
    return frozenset(fold_words((FOLDER / "small.txt").read_text(encoding="utf-8")).split())


@cache
def days() -> frozenset[str]:
    return frozenset(fold_words((FOLDER / "days.txt").read_text(encoding="utf-8")).split())


@cache
def until_words() -> tuple[Phrase, ...]:
    texts = (FOLDER / "until.txt").read_text(encoding="utf-8").strip().split(", ")
    return tuple(sorted({phrase(text) for text in texts}, key=len, reverse=True))


@cache
def calendar() -> Mapping[str, str]:
    """`weekday:0` for Monday, `month:8`, `tomorrow`, and `article` for what says nothing."""
    return {words[0]: meaning for words, meaning in _by_phrase("calendar.tsv").items()}


@cache
def cancel_words() -> frozenset[Phrase]:
    return frozenset(phrase(text) for text in (FOLDER / "cancel.txt").read_text(encoding="utf-8").strip().split(", "))
