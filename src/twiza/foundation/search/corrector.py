"""The word that was meant, when nothing is written so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from twiza.foundation.search.parting import parts_of

# Typed before a word without a space: lhendia is hendia.
_ARTICLES = ("l", "el", "al", "d", "w", "u", "b", "f")
_MOST_ENDINGS = 12
_MOST_CANDIDATES = 40


@dataclass(frozen=True)
class Correction:
    """`term` stands for what was typed (several, with spaces, where spaces were lost); `is_changed` when it is another one."""

    term: str
    is_changed: bool


class Corrector:
    """Over a lexicon of terms with how often they occur. A known term is never touched."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts = counts
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for term in counts:
            self._by_length[len(term)].append(term)
        self.correct = lru_cache(maxsize=4096)(self._correct)

    def is_known(self, term: str) -> bool:
        return term in self._counts

    def _correct(self, term: str, written: str = "") -> Correction:
        """`written` is how the term was typed; without it, nobody looks for lost spaces."""
        if term in self._counts or term.isdecimal():
            return Correction(term, is_changed=False)
        bare = next((rest for rest in _without_article(term) if rest in self._counts), None)
        limit = distance_allowed(term)
        # One letter wrong is likelier than a space lost, and that likelier than two letters wrong.
        meant = bare or self._nearest(term, min(limit, 1)) or self._parted(written)
        meant = meant or self._nearest(term, limit) or self._completed(term)
        return Correction(meant or term, is_changed=meant is not None)

    def _parted(self, written: str) -> str | None:
        return " ".join(word.term for word in parts_of(written, self.is_known)) or None

    def _nearest(self, term: str, limit: int) -> str | None:
        if not limit:
            return None
        near = [one for length in range(len(term) - limit, len(term) + limit + 1) for one in self._by_length.get(length, ())]
        found = extract(term, near, scorer=OSA.distance, score_cutoff=limit, limit=_MOST_CANDIDATES)
        # The nearest; then the one that begins the same, since people rarely miss the first letter; then the most used.
        best = min(found, key=lambda one: (one[1], one[0][0] != term[0], -self._counts[one[0]], one[0]), default=None)
        return str(best[0]) if best else None

    def _completed(self, term: str) -> str | None:
        """The most used term that begins so: the end of a word was left out."""
        if len(term) < 3:
            return None
        longer = (one for more in range(1, _MOST_ENDINGS) for one in self._by_length.get(len(term) + more, ()))
        begun = [one for one in longer if one.startswith(term)]
        return min(begun, key=lambda one: (-self._counts[one], one), default=None)


def distance_allowed(term: str) -> int:
    """How many letters may be wrong: none in up to 3, one in up to 6, two above."""
    if len(term) <= 3:
        return 0
    return 1 if len(term) <= 6 else 2


def _without_article(term: str) -> Iterable[str]:
    return (term.removeprefix(article) for article in _ARTICLES if term.startswith(article) and len(term) - len(article) >= 3)
