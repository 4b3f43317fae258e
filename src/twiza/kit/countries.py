"""The countries of ISO 3166-1, as their readers call them. They change so seldom that they are a file, not a table."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from twiza.kit.folding import fold
from twiza.kit.translations import first_filled

COUNTRIES = Path(__file__).parent / "countries.tsv"
HOME = "MA"


def country_name(code: str, language: str) -> str:
    """`country_name("FR", "ar")` → `فرنسا`; the code itself for what is no country."""
    names = _names().get(code)
    return first_filled(language, **names) if names else code


def countries_to_choose(language: str) -> list[tuple[str, str]]:
    """(code, name) of each, Morocco first, then as the reader's alphabet has them."""
    named = [(code, country_name(code, language)) for code in _names()]
    return sorted(named, key=lambda one: (one[0] != HOME, fold(one[1])))


@cache
def _names() -> Mapping[str, dict[str, str]]:
    head, *rows = (line.split("\t") for line in COUNTRIES.read_text("utf-8").splitlines())
    return {row[0]: dict(zip(head[1:], row[1:], strict=True)) for row in rows}
