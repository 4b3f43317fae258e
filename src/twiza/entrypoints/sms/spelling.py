"""How far a word is from one we know: what a thumb on a small keypad does to it."""

from __future__ import annotations

from collections.abc import Iterable


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
    close = ((distance(word, other), other) for other in known if len(other) > 3 and _may_be_within(limit, word, other))
    return [other for far, other in sorted(close) if far <= min(limit, allowed_distance(other))]


def _may_be_within(limit: int, one: str, other: str) -> bool:
    """Cheap: every letter that only one of them has costs a change."""
    if abs(len(one) - len(other)) > limit:
        return False
    return len(set(one) - set(other)) <= limit and len(set(other) - set(one)) <= limit


def distance(one: str, other: str) -> int:
    """Letters left out, added, changed, or swapped with a neighbour (optimal string alignment)."""
    before_last: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        here = [row]
        for column, opposite in enumerate(other, start=1):
            cost = min(last[column] + 1, here[-1] + 1, last[column - 1] + (letter != opposite))
            if row > 1 and column > 1 and letter == other[column - 2] and opposite == one[row - 2]:
                cost = min(cost, before_last[column - 2] + 1)
            here.append(cost)
        before_last, last = last, here
    return last[-1]
