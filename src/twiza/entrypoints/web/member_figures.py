"""The members of a cooperative drawn one by one, or so many at a time where they are many."""

from __future__ import annotations

from dataclasses import dataclass

MOST_FIGURES = 40
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


@dataclass(frozen=True)
class MemberFigures:
    """So many figures of women and of others; each stands for `each` members."""

    women: range
    others: range
    each: int


def member_figures(total: int | None, women: int | None) -> MemberFigures | None:
    """Nothing where the number is not known."""
    if not total:
        return None
    each = next((step for step in STEPS if total <= step * MOST_FIGURES), total)
    figures = _rounded(total, each)
    drawn_women = min(figures, _rounded(women or 0, each))
    return MemberFigures(range(drawn_women), range(figures - drawn_women), each)


def _rounded(count: int, each: int) -> int:
    """At least one figure for anybody at all."""
    return max(1, (count + each // 2) // each) if count else 0
