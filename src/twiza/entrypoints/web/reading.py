"""Where the data stood when a page was begun: asked once, however many parts of the page want to know."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from twiza.foundation.versions.selectors import State, moment_and_state, state_since

# What most pages are made of, besides what is their own.
SHARED = frozenset({"kinds", "labels", "organisations", "prices", "products", "storefronts", "tariffs"})
BEGUN = "twiza.reading"


class Reading:
    """The moment a page was begun, and where topics stood then or when they were first asked of.

    Where a topic stood before something was made of it is as good as afterwards: what changed in between shows another version
    the next time, and is made again. What changed between the beginning and the asking has no version.
    """

    @cached_property
    def _asked(self) -> tuple[str, State]:
        return moment_and_state(SHARED)

    def begin(self) -> str:
        """The moment, to be asked about later: has anything changed since?"""
        return self._asked[0]

    def state_of(self, topics: Collection[str]) -> State:
        """At least of these."""
        begun, state = self._asked
        unknown = state.unknown(topics)
        if unknown:
            state.learn(state_since(begun, unknown))
        return state


_reading: ContextVar[Reading | None] = ContextVar("reading", default=None)


def current_reading() -> Reading | None:
    """That of the page being made; none while a form is being taken, or outside of any page."""
    return _reading.get()


@contextmanager
def a_page(begun: Reading | None = None) -> Iterator[None]:
    """What is shown within is one page, and goes by one reading."""
    token = _reading.set(begun or Reading())
    try:
        yield
    finally:
        _reading.reset(token)


def begin_reading(environ: dict[str, Any]) -> Reading:
    """A page is about to be made for this request, and will go on with this reading."""
    reading = environ[BEGUN] = Reading()
    return reading


class ReadingMiddleware:
    """Whoever only looks at a page sees one state of what pages share. Whoever sends a form sees what it changed."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in {"GET", "HEAD"}:
            return self._answer(request)
        with a_page(request.META.get(BEGUN)):
            return self._answer(request)
