"""How far a word is from one we know: what a thumb on a small keypad does to it."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA


def allowed_distance(word: str) -> int:
    """Short words say too much with every letter to be repaired."""
    if len(word) <= 3:
        return 0
    return 1 if len(word) <= 6 else 2


def nearest(word: str, known: Iterable[str]) -> list[str]:
    """The known words within reach, closest first; none when the word is too short to be repaired."""
    limit = allowed_distance(word)
    if limit == 0:
        return []
    close = process.extract(word, list(known), scorer=OSA.distance, score_cutoff=limit, limit=None)
    return [other for other, far, _ in sorted(close, key=_by_distance) if far <= allowed_distance(other)]


def _by_distance(found: tuple[str, float, int]) -> tuple[float, str]:
    return found[1], found[0]
