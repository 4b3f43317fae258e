"""Reading in a process beside this one: building an index takes the time of the slower half, and requests that this
process answers meanwhile do not wait for it."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cache
from itertools import islice
from multiprocessing import current_process, get_context

from twiza.foundation.search.collecting import seldom_collected
from twiza.foundation.search.concepts import known_concepts
from twiza.foundation.search.documents import Document
from twiza.foundation.search.lexicon import Lexicon
from twiza.foundation.search.reading import DocumentReader, Entry

AT_ONCE = 1_000
WAITING = 4  # so many thousands are in memory at most


def entries_of(documents: Iterable[Document], reader: DocumentReader) -> Iterator[Entry]:
    """What the index keeps of each, in order. The first thousand are read here: most countries' worth of tests, demos and
    small markets never start another process.

    The reader's lexicon knows the words of all once the last was given. Raises BrokenProcessPool when the other process died.
    """
    coming = iter(documents)
    yield from map(reader.entry_of, islice(coming, AT_ONCE))
    first = next(coming, None)
    if first is None:
        return
    rest = _chunks(first, coming)
    yield from _read_beside(rest, reader.lexicon) if _can_start_another() else _read_here(rest, reader)


def _can_start_another() -> bool:
    return not current_process().daemon and len(os.sched_getaffinity(0)) > 1


def _chunks(first: Document, coming: Iterator[Document]) -> Iterator[list[Document]]:
    some = [first, *islice(coming, AT_ONCE - 1)]
    while some:
        yield some
        some = list(islice(coming, AT_ONCE))


def _read_here(chunks: Iterator[list[Document]], reader: DocumentReader) -> Iterator[Entry]:
    for some in chunks:
        yield from map(reader.entry_of, some)


def _read_beside(chunks: Iterator[list[Document]], lexicon: Lexicon) -> Iterator[Entry]:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as beside:
        waiting: deque[Future[list[Entry]]] = deque()
        for some in chunks:
            waiting.append(beside.submit(_read, some))
            if len(waiting) >= WAITING:
                yield from waiting.popleft().result()
        for read in waiting:
            yield from read.result()
        lexicon.learn_all_of(beside.submit(_learnt).result())


@cache
def _reader() -> DocumentReader:
    """Of the process beside."""
    return DocumentReader(known_concepts(), Lexicon())


def _read(documents: list[Document]) -> list[Entry]:
    with seldom_collected():
        return [_reader().entry_of(document) for document in documents]


def _learnt() -> Lexicon:
    return _reader().lexicon
