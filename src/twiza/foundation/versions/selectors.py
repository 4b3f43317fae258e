"""Questions about versions."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import connection

from twiza.foundation.versions.triggers import EVERYTHING

# The changes noted of these topics, as two numbers that no further change leaves as they are.
_STATE = "select count(*), coalesce(sum(id), 0)::bigint from versions_change where topic = any(string_to_array(%s, chr(10)))"
_STATE_SINCE = (
    "select count(*), coalesce(sum(id), 0)::bigint,"
    " coalesce(bool_or(not txid_visible_in_snapshot(transaction, %s::txid_snapshot)), false)"
    " from versions_change where topic = any(string_to_array(%s, chr(10)))"
)
_MOMENT_AND_EACH = (
    "select txid_current_snapshot()::text, topic, count(id), coalesce(sum(id), 0)::bigint, false"
    " from (select 1) as once left join versions_change on topic = any(string_to_array(%s, chr(10))) group by topic"
)
_EACH_SINCE = (
    "select topic, count(*), sum(id)::bigint, bool_or(not txid_visible_in_snapshot(transaction, %s::txid_snapshot))"
    " from versions_change where topic = any(string_to_array(%s, chr(10))) group by topic"
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
        cursor.execute(_STATE, [_asked(topics)])
        return Version(*cursor.fetchone())


def version_since(begun: str, topics: Collection[str]) -> Version | None:
    """The version of these topics, or None when any changed after the moment `begun`."""
    with connection.cursor() as cursor:
        cursor.execute(_STATE_SINCE, [begun, _asked(topics)])
        changes, total, has_moved = cursor.fetchone()
    return None if has_moved else Version(changes, total)


class State:
    """Where some topics stood, to say the version of any few of them."""

    def __init__(self, topics: Collection[str], changed: Mapping[str, tuple[int, int, bool]]) -> None:
        self._topics = {*topics, EVERYTHING}
        self._changed = dict(changed)

    def unknown(self, topics: Collection[str]) -> set[str]:
        """Those of which it cannot say where they stood."""
        return {topic for topic in topics if topic not in self._topics}

    def learn(self, other: State) -> None:
        """It knows of the other's topics too."""
        self._topics |= other._topics
        self._changed = {**other._changed, **self._changed}

    def version_of(self, topics: Collection[str]) -> Version | None:
        """As `version_of` and `version_since` would have said then."""
        noted = [self._changed[topic] for topic in {*topics, EVERYTHING} if topic in self._changed]
        if any(has_moved for _changes, _total, has_moved in noted):
            return None
        return Version(sum(changes for changes, _total, _moved in noted), sum(total for _changes, total, _moved in noted))


def moment_and_state(topics: Collection[str]) -> tuple[str, State]:
    """What had been committed now, and where each of these stands in it, in one question."""
    with connection.cursor() as cursor:
        cursor.execute(_MOMENT_AND_EACH, [_asked(topics)])
        rows = cursor.fetchall()
    return rows[0][0], State(topics, {row[1]: (row[2], row[3], row[4]) for row in rows if row[1] is not None})


def state_since(begun: str, topics: Collection[str]) -> State:
    """Where each of these stands now; whatever changed after the moment `begun` has no version. One question."""
    with connection.cursor() as cursor:
        cursor.execute(_EACH_SINCE, [begun, _asked(topics)])
        return State(topics, {topic: (changes, total, has_moved) for topic, changes, total, has_moved in cursor.fetchall()})


def _asked(topics: Collection[str]) -> str:
    """As one text: a list of texts costs more to write down than to look for."""
    return "\n".join([*topics, EVERYTHING])
