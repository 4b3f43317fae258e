"""Questions about versions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection

from twiza.foundation.versions.triggers import EVERYTHING

# The changes noted of these topics, as two numbers that no further change leaves as they are.
_STATE = "select count(*), coalesce(sum(id), 0)::bigint from versions_change where topic = any(%s)"
_STATE_SINCE = (
    "select count(*), coalesce(sum(id), 0)::bigint,"
    " coalesce(bool_or(not txid_visible_in_snapshot(transaction, %s::txid_snapshot)), false)"
    " from versions_change where topic = any(%s)"
)


@dataclass(frozen=True)
class Version:
    """What of some topics had changed at a moment. Equal versions were made from equal data."""

    changes: int
    total: int


def moment() -> str:
    """What had been committed now, to be asked about later (`version_since`)."""
    with connection.cursor() as cursor:
        cursor.execute("select txid_current_snapshot()::text")
        return str(cursor.fetchone()[0])


def version_of(topics: Collection[str]) -> Version:
    """The version of these topics now. One question of an index, whatever they are."""
    with connection.cursor() as cursor:
        cursor.execute(_STATE, [[*topics, EVERYTHING]])
        return Version(*cursor.fetchone())


def version_since(begun: str, topics: Collection[str]) -> Version | None:
    """The version of these topics, or None when any changed after the moment `begun`."""
    with connection.cursor() as cursor:
        cursor.execute(_STATE_SINCE, [begun, [*topics, EVERYTHING]])
        changes, total, has_moved = cursor.fetchone()
    return None if has_moved else Version(changes, total)
