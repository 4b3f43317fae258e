"""Work that goes on beside what a process is there for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

STOP_WITHIN_SECONDS = 20


@contextmanager
def kept_at(work: Callable[[Event], None], *, name: str) -> Iterator[None]:
    """Meanwhile a thread does this; it is asked to stop by the event it is given, and waited for."""
    stop = Event()
    thread = Thread(target=work, args=[stop], name=name, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(STOP_WITHIN_SECONDS)
