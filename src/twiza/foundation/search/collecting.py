"""Building makes millions of short-lived texts and no circles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Meanwhile the collector of circles looks a hundred times less often: each look walks the whole lexicon, a tenth of all
    the time."""
    usual = gc.get_threshold()
    gc.set_threshold(usual[0] * 100, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
