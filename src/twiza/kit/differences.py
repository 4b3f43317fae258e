"""What changed between two texts, word by word, so that a person sees it at a glance in any script."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
# Beyond this, comparing takes longer than anybody waits: the whole text is marked.
MOST_WORDS = 4000


@dataclass(frozen=True)
class Piece:
    """Some words in a row, and whether they are only in this text."""

    text: str
    is_changed: bool


def words_compared(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts in pieces: what is only in the first, what is only in the second. Joined, the pieces are the texts."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if len(old) + len(new) > MOST_WORDS:
        return _pieces([(before, True)]), _pieces([(after, True)])
    left, right = [], []
    for kind, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        left += [(word, kind != "equal") for word in old[start:end]]
        right += [(word, kind != "equal") for word in new[new_start:new_end]]
    return _pieces(left), _pieces(right)


def _pieces(words: list[tuple[str, bool]]) -> tuple[Piece, ...]:
    """A space between two changed words is changed with them: one mark is easier to read than two."""
    filled = [
        (word, is_changed or (word.isspace() and 0 < at < len(words) - 1 and words[at - 1][1] and words[at + 1][1]))
        for at, (word, is_changed) in enumerate(words)
    ]
    grouped = groupby(filled, key=lambda pair: pair[1])
    return tuple(Piece("".join(word for word, _ in run), is_changed) for is_changed, run in grouped)
