"""Keeping the index in step: what changed is noted, and every machine feeds its own copy."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable
from concurrent.futures import BrokenExecutor
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Event

from django.db import DatabaseError, close_old_connections, connection

from twiza.foundation.search.collecting import seldom_collected
from twiza.foundation.search.concepts import known_concepts
from twiza.foundation.search.documents import SOURCES, followers_of
from twiza.foundation.search.generations import (
    Generation,
    current,
    database_identity,
    finished_transactions,
    folder_of,
    is_outdated,
    only_writer,
    switch_to,
)
from twiza.foundation.search.index import LEXICON, IndexWriter
from twiza.foundation.search.lexicon import Lexicon
from twiza.foundation.search.models import SearchChange
from twiza.foundation.search.reading import DocumentReader
from twiza.foundation.search.stamp import stamp
from twiza.kit import clock
from twiza.kit.beside import kept_at

FEED_EVERY_SECONDS = 2.0
FEED_KEPT_DAYS = 30
CHANGES_AT_ONCE = 5_000

_log = logging.getLogger(__name__)


def note_change(kind: str, *ids: int) -> None:
    """Every machine's index will say anew what these are, and what hangs on them. Call it in the transaction that
    changes them."""
    note_changes(kind, ids)


def note_changes(kind: str, ids: Iterable[int], *, alone: bool = False) -> None:
    """As `note_change`, for many; `alone` without what hangs on them."""
    changed = list(ids)
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into search_searchchange (kind, object_id, noted_at) select %s, unnest(%s::bigint[]), %s",
            [kind, changed, clock.now()],
        )
    if alone:
        return
    for begin in range(0, len(changed), CHANGES_AT_ONCE):
        for following, some in followers_of(kind, changed[begin : begin + CHANGES_AT_ONCE]):
            note_changes(following, some, alone=True)


def noted_since(kind: str, ids: Collection[int], moment: datetime) -> set[int]:
    """Those of these whose change was noted at that moment or later."""
    noted = SearchChange.objects.filter(kind=kind, object_id__in=list(ids), noted_at__gte=moment)
    return set(noted.values_list("object_id", flat=True))


def rebuild_index() -> int | None:
    """A new index of everything answers from now on; the old one answered until then.

    Says how many things are in it; None, and nothing happens, while another process writes.
    """
    with only_writer() as mine:
        if not mine:
            return None
        generation = Generation(f"{clock.now():%Y%m%d-%H%M%S-%f}", finished_transactions(), database_identity(), stamp())
        writer = IndexWriter(folder_of(generation), DocumentReader(known_concepts(), Lexicon()))
        with seldom_collected():
            count = sum(writer.add(source.documents(None)) for source in SOURCES.values())
            writer.commit()
        switch_to(generation)
    SearchChange.objects.filter(noted_at__lt=clock.now() - timedelta(days=FEED_KEPT_DAYS)).delete()
    return count


def feed_index(until: int | None = None) -> int:
    """What changed in transactions that are over (or before `until`) is in this machine's index; says how many changes.

    Nothing happens while there is no index, or another process writes.
    """
    generation = current()
    if generation is None:
        return 0
    end = finished_transactions() if until is None else until
    changes = SearchChange.objects.filter(transaction__gte=generation.position, transaction__lt=end)
    changed = list(changes.values_list("kind", "object_id").order_by().distinct())
    if not changed:
        return 0
    with only_writer() as mine:
        # Another process may have fed it between our question and our turn.
        if not mine or current() != generation:
            return 0
        _write(generation, changed)
        switch_to(replace(generation, position=end))
    return len(changed)


def keep_fed(stop: Event) -> None:
    """This machine's index follows the changes, until `stop` is set; one built with other rules is built anew first.

    Never ends by itself.
    """
    while not stop.wait(FEED_EVERY_SECONDS):
        close_old_connections()
        try:
            if is_outdated():
                rebuild_index()
            feed_index()
        except (DatabaseError, OSError, ValueError, BrokenExecutor):
            # The database may be gone for a while, the disk full, memory short: the index is behind, and catches up when it can.
            _log.exception("The search index could not be fed; trying again.")
    close_old_connections()


def kept_fed() -> AbstractContextManager[None]:
    """Meanwhile this machine's index follows the changes."""
    return kept_at(keep_fed, name="search index")


def _write(generation: Generation, changed: Collection[tuple[str, int]]) -> None:
    ids: dict[str, list[int]] = defaultdict(list)
    for kind, one in changed:
        ids[kind].append(one)
    lexicon = Lexicon.load(folder_of(generation) / LEXICON)
    writer = IndexWriter(folder_of(generation), DocumentReader(known_concepts(), lexicon))
    for kind, some in ids.items():
        writer.remove(kind, some)
        for begin in range(0, len(some), CHANGES_AT_ONCE):
            writer.add(SOURCES[kind].documents(some[begin : begin + CHANGES_AT_ONCE]))
    writer.commit()
