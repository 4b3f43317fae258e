"""Where the data stood when a page was begun: asked once, however many parts of the page want to know."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from twiza.foundation.versions.selectors import State, moment_and_state

# What most pages are made of, besides what is their own.
SHARED = frozenset({"kinds", "labels", "organisations", "prices", "products", "storefronts", "tariffs"})
BEGUN = "twiza.reading"


class Reading:
    """The moment a page was begun, and where the shared topics stood then; asked when first wanted."""

    @cached_property
    def _asked(self) -> tuple[str, State]:
        return moment_and_state(SHARED)

    @property
    def begun(self) -> str:
        """To be asked about later: has anything changed since?"""
        return self._asked[0]

    @property
    def state(self) -> State:
        return self._asked[1]


_reading: ContextVar[Reading | None] = ContextVar("reading", default=None)


def current_reading() -> Reading:
    """That of the page being made; a new one wherever no page is being made, or a form is being taken."""
    return _reading.get() or Reading()


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
        token = _reading.set(request.META.get(BEGUN) or Reading())
        try:
            return self._answer(request)
        finally:
            _reading.reset(token)
