"""What has many names has one token: argan oil is `c:argan-oil` as زيت أركان and as zit argan."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from twiza.foundation.search.analyser import Word, asked_words

TABLE = Path(__file__).with_name("concepts.tsv")
LANGUAGES = ("fr", "ar", "ary", "zgh", "en")
LONGEST_PHRASE = 6


@dataclass(frozen=True)
class Unit:
    """One idea of a question: the terms that were asked, the concept they name, if any, and how they were typed ("" where
    they were read otherwise)."""

    terms: tuple[str, ...]
    concept: str = ""
    written: tuple[str, ...] = field(default=(), compare=False)


class Concepts:
    """The phrases of the table, as written and by their terms. A phrase that two concepts claim is the first one's."""

    def __init__(self, rows: Iterable[Mapping[str, str]]) -> None:
        self._codes: dict[tuple[str, ...], str] = {}
        self._written: dict[tuple[str, ...], str] = {}
        self._kinds: dict[str, str] = {}
        # How many words the longest phrase has that begins with this term, or with this word as written.
        self._longest_from: dict[str, int] = {}
        self.vocabulary: dict[str, str] = {}
        for row in rows:
            self._kinds[f"c:{row['code']}"] = row.get("kind") or ""
            for variant in "|".join(row.get(language) or "" for language in LANGUAGES).split("|"):
                self._learn(variant, f"c:{row['code']}")

    def _learn(self, variant: str, code: str) -> None:
        words = asked_words(variant)
        phrase = tuple(word.term for word in words)
        if not phrase or len(phrase) > LONGEST_PHRASE:
            return
        self._codes.setdefault(phrase, code)
        self._written.setdefault(tuple(word.written for word in words), code)
        for first in words[0]:
            self._longest_from[first] = max(self._longest_from.get(first, 0), len(phrase))
        for word in words:
            self.vocabulary.setdefault(word.term, word.written)

    def kind_of(self, code: str) -> str:
        """`product`, `place`, `quality`…; empty for what is no concept."""
        return self._kinds.get(code, "")

    def every(self, terms: Sequence[str]) -> list[str]:
        """Every concept the terms name, also those inside longer ones, and what they are kinds of (`honey` of `honey.thyme`)."""
        found = {
            self._codes[phrase]
            for begin in range(len(terms))
            for end in range(begin + 1, min(begin + LONGEST_PHRASE, len(terms)) + 1)
            if (phrase := tuple(terms[begin:end])) in self._codes
        }
        return sorted(found | {code.partition(".")[0] for code in found})

    def every_of(self, words: Sequence[Word]) -> list[str]:
        """As `every`, and what is written just as in the table is that concept only."""
        terms, written = tuple(word.term for word in words), tuple(word.written for word in words)
        found = set()
        for begin, (term, as_written) in enumerate(words):
            longest = max(self._longest_from.get(term, 0), self._longest_from.get(as_written, 0))
            for end in range(begin + 1, min(begin + longest, len(words)) + 1):
                code = self._written.get(written[begin:end]) or self._codes.get(terms[begin:end])
                if code:
                    found.add(code)
        return sorted(found | {code.partition(".")[0] for code in found})

    def units(self, terms: Sequence[str], longest: int = LONGEST_PHRASE) -> list[Unit]:
        """What is asked, idea by idea: the longest phrase that names a concept first, else the single term."""
        found = []
        begin = 0
        while begin < len(terms):
            end = self._longest(terms, begin, longest)
            phrase = tuple(terms[begin:end])
            found.append(Unit(phrase, self._codes.get(phrase, "")))
            begin = end
        return found

    def units_of(self, words: Sequence[Word]) -> list[Unit]:
        """As `units`; a phrase written just as in the table is that concept, before one that only sounds the same."""
        found, begin = [], 0
        for unit in self.units([word.term for word in words]):
            written = tuple(word.written for word in words[begin : begin + len(unit.terms)])
            begin += len(unit.terms)
            found.append(Unit(unit.terms, self._written.get(written, unit.concept), written))
        return found

    def parts(self, unit: Unit) -> list[Unit]:
        """The ideas of which one is made: pottery of Safi is pottery, and Safi. A word alone is that word."""
        return self.units(unit.terms, len(unit.terms) - 1) if len(unit.terms) > 1 else [Unit(unit.terms)]

    def _longest(self, terms: Sequence[str], begin: int, longest: int) -> int:
        furthest = min(begin + longest, len(terms))
        return next((end for end in range(furthest, begin, -1) if tuple(terms[begin:end]) in self._codes), begin + 1)


@cache
def known_concepts() -> Concepts:
    """The table that comes with the software, read once."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        return Concepts(list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)))
