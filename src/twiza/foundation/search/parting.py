"""Words typed without the space between them: huiledargan is huile argan."""

from __future__ import annotations

from collections.abc import Callable

from twiza.foundation.search.analyser import Word, terms_of

SHORTEST_PART = 3
SHORTEST_WHOLE = 7
LONGEST_WHOLE = 40
MOST_PARTS = 3
# What may stand between two words that tell something, longest first.
_BETWEEN = ("dyal", "dial", "des", "aux", "del", "de", "du", "la", "le", "el", "al", "au", "d", "l", "b", "")


def parts_of(written: str, is_known: Callable[[str], bool]) -> tuple[Word, ...]:
    """The fewest known words of which this one is made, the first as long as can be; none when it is not made so."""
    if SHORTEST_WHOLE <= len(written) <= LONGEST_WHOLE:
        for most in range(2, MOST_PARTS + 1):
            if parts := _parts(written, is_known, most):
                return parts
    return ()


def _parts(written: str, is_known: Callable[[str], bool], most: int) -> tuple[Word, ...]:
    if len(written) < SHORTEST_PART:
        return ()
    if most == 1:
        return _known(written, is_known)
    for end in range(len(written) - SHORTEST_PART, SHORTEST_PART - 1, -1):
        if not (first := _known(written[:end], is_known)):
            continue
        for between in _BETWEEN:
            rest = written[end:]
            if rest.startswith(between) and (others := _parts(rest.removeprefix(between), is_known, most - 1)):
                return first + others
    return ()


def _known(written: str, is_known: Callable[[str], bool]) -> tuple[Word, ...]:
    terms = terms_of(written)
    return (Word(terms[0], written),) if len(terms) == 1 and len(terms[0]) > 1 and is_known(terms[0]) else ()
