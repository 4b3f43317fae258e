"""Telling whoever waits how far it has come: one line a step, with counts when there is something to count."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from typing import TextIO, TypeVar

Item = TypeVar("Item")
EVERY_SECONDS = 1.0


class Progress:
    """Writes `· Cooperatives: 1 300 / 2 600` at most once a second, over itself on a terminal, line by line elsewhere."""

    def __init__(self, out: TextIO) -> None:
        self.out = out
        self._is_terminal = out.isatty()

    def say(self, sentence: str) -> None:
        """One line, now."""
        self.out.write(f"· {sentence}\n")
        self.out.flush()

    def counted(self, title: str, items: Iterable[Item], total: int) -> Iterator[Item]:
        """The items as they come, with a line for each second they take and one at the end."""
        tell = self.counting(title, total)
        for done, item in enumerate(items):
            tell(done)
            yield item
        self._count(title, total, total, end="\n")

    def counting(self, title: str, total: int) -> Callable[[int], None]:
        """To be called with how many are done, as often as one likes: a line for each second it takes."""
        told = time.monotonic()

        def tell(done: int) -> None:
            nonlocal told
            if time.monotonic() - told >= EVERY_SECONDS:
                told = time.monotonic()
                self._count(title, done, total, end="\r" if self._is_terminal else "\n")

        return tell

    def _count(self, title: str, done: int, total: int, *, end: str) -> None:
        self.out.write(f"· {title}: {_spaced(done)} / {_spaced(total)}{end}")
        self.out.flush()


def _spaced(number: int) -> str:
    return f"{number:,}".replace(",", "\u00a0")
