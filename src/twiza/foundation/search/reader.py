"""The index as this process sees it: opened once, and again when a newer one answers."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import tantivy

from twiza.foundation.search.asking import Narrowing, Queries
from twiza.foundation.search.concepts import Concepts, known_concepts
from twiza.foundation.search.corrector import Corrector
from twiza.foundation.search.generations import current, current_file, folder_of
from twiza.foundation.search.index import LEXICON
from twiza.foundation.search.lexicon import Lexicon


@dataclass(frozen=True)
class Reader:
    """An index at one moment. What is written later is in the next one.

    `counted` and `answered` keep what is asked again and again.
    """

    searcher: tantivy.Searcher
    queries: Queries
    concepts: Concepts
    lexicon: Lexicon
    corrector: Corrector
    counted: dict[tuple[str, Narrowing], dict[str, dict[str, int]]] = field(default_factory=dict)
    answered: dict[Hashable, Any] = field(default_factory=dict)


_lock = Lock()
_opened: tuple[tuple[str, int, int], Reader | None] | None = None


def open_index() -> Reader | None:
    """The index that answers on this machine; None while none is ready."""
    global _opened
    seen = version_of_index()
    if seen is None:
        return None
    opened = _opened
    if opened is None or opened[0] != seen:
        with _lock:
            if _opened is None or _opened[0] != seen:
                _opened = (seen, _open())
            opened = _opened
    return opened[1]


def version_of_index() -> tuple[str, int, int] | None:
    """Changes whenever the file is replaced."""
    path = current_file()
    try:
        stat = path.stat()
    except OSError:
        return None
    return str(path), stat.st_ino, stat.st_mtime_ns


def _open() -> Reader | None:
    generation = current()
    if generation is None:
        return None
    folder = folder_of(generation)
    try:
        index = tantivy.Index.open(str(folder))
        lexicon = Lexicon.load(folder / LEXICON)
    except (OSError, ValueError):
        return None
    concepts = known_concepts()
    known = {**dict.fromkeys(concepts.vocabulary, 1), **lexicon.counts}
    return Reader(index.searcher(), Queries(index.schema, concepts), concepts, lexicon, Corrector(known))
