"""Every term of an index, with how often it occurs and how it is usually written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from twiza.foundation.search.analyser import Word


class Lexicon:
    """Grows with the index; a term that nothing holds any more may stay until the next rebuild."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self._written: dict[str, str] = {}

    def learn(self, words: Iterable[Word]) -> None:
        """How these are written; the first way that was seen stays."""
        for word in words:
            self._written.setdefault(word.term, word.written)

    def count(self, terms: Iterable[str]) -> None:
        """These occur once more."""
        self.counts.update(terms)

    def learn_all_of(self, other: Lexicon) -> None:
        """What another learnt elsewhere, and how often it occurs there."""
        self.counts.update(other.counts)
        for term, written in other._written.items():
            self._written.setdefault(term, written)

    def written(self, term: str) -> str:
        """The term as a person would write it."""
        return self._written.get(term, term)

    def save(self, path: Path) -> None:
        """The file holds the lexicon, whole or not at all."""
        rows = (f"{term}\t{count}\t{self.written(term)}\n" for term, count in self.counts.items())
        beside = path.with_suffix(".new")
        beside.write_text("".join(rows), "utf-8")
        beside.replace(path)

    @classmethod
    def load(cls, path: Path) -> Lexicon:
        lexicon = cls()
        # Only a line feed ends a line: words of any language may hold what Python else takes for one.
        for row in path.read_text("utf-8").rstrip("\n").split("\n"):
            if row:
                term, count, written = row.split("\t")
                lexicon.counts[term] = int(count)
                lexicon._written[term] = written
        return lexicon
