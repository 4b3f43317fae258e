"""Parts that many pages show are made once, and made again when something they are made of changed.

A page that nobody asked for before is mostly made of parts that others show too: the same card stands in the list, under its
kind, under its region and among its neighbours. The rule is that of whole pages (`page_cache`): the tables say what changed,
and what changes by the clock alone is at most a minute old.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any, Generic, Protocol, TypeVar

from twiza.entrypoints.web.own_host import address_here
from twiza.entrypoints.web.reading import Reading, current_reading
from twiza.foundation.versions.selectors import State, Version
from twiza.kit.clock import seconds_left_today

KEPT_SECONDS = 60


class Made(Protocol):
    """What knows of which topics it is made."""

    @property
    def topics(self) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class Part:
    """Anything, and of which topics it is made."""

    content: Any
    topics: tuple[str, ...]


K = TypeVar("K", bound=Hashable)
M = TypeVar("M", bound=Made)


@dataclass(frozen=True)
class _Kept(Generic[M]):
    part: M
    version: Version
    until: float


class KeptParts(Generic[K, M]):
    """The parts this process made, the least asked for forgotten first.

    Those of a storefront's own host are kept apart: the addresses in them are others.
    """

    def __init__(self, most: int) -> None:
        self._kept: OrderedDict[tuple[str, K], _Kept[M]] = OrderedDict()
        self._lock = Lock()
        self._most = most

    def of(self, keys: Sequence[K], make: Callable[[list[K]], Mapping[K, M]]) -> list[M]:
        """The parts behind these keys, in their order; `make` is asked once for all that are not in memory as they are now.

        What it does not answer is left out. Whether what is in memory still holds is one question to the database, and none
        about topics that were asked of for the same page before. Outside of a page nothing is kept, and nothing kept is shown.
        """
        reading = current_reading()
        if reading is None:
            made = make(list(dict.fromkeys(keys)))
            return [made[key] for key in keys if key in made]
        found = self._current(keys, reading)
        missing = [key for key in dict.fromkeys(keys) if key not in found]
        if missing:
            reading.begin()
            made = make(missing)
            self._keep(made, reading.state_of(_topics_of(made.values())))
            found |= made
        return [found[key] for key in keys if key in found]

    def one(self, key: K, make: Callable[[], M]) -> M:
        """The part behind this key."""
        return self.of([key], lambda _keys: {key: make()})[0]

    def _current(self, keys: Sequence[K], reading: Reading) -> dict[K, M]:
        now, where = time.monotonic(), address_here()
        with self._lock:
            known = {key: self._kept[where, key] for key in keys if (where, key) in self._kept}
            kept = {key: one for key, one in known.items() if one.until > now}
            for key in kept:
                self._kept.move_to_end((where, key))
        if not kept:
            return {}
        state = reading.state_of(_topics_of(one.part for one in kept.values()))
        return {key: one.part for key, one in kept.items() if state.version_of(one.part.topics) == one.version}

    def _keep(self, made: Mapping[K, M], state: State) -> None:
        """Unless something changed while they were being made."""
        until, where = time.monotonic() + min(KEPT_SECONDS, seconds_left_today()), address_here()
        with self._lock:
            for key, part in made.items():
                version = state.version_of(part.topics)
                if version is not None:
                    self._kept[where, key] = _Kept(part, version, until)
                    self._kept.move_to_end((where, key))
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)


def _topics_of(parts: Iterable[Made]) -> set[str]:
    return {topic for part in parts for topic in part.topics}
