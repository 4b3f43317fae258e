"""What is inside a public page's frame is the same for everybody; header and messages are each visitor's own.

Whole pages are kept for strangers (`page_cache`). Whoever has a basket or has signed in reads the same inside, with their own
header above it: it is rendered once with holes where a visitor's own things stand, and the holes are filled for each.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.template import RequestContext
from django.template.loader import render_to_string
from django.utils.translation import get_language

from twiza.entrypoints.web.context import site
from twiza.entrypoints.web.kept_parts import KeptParts
from twiza.entrypoints.web.public_address import canonical_path, is_public
from twiza.entrypoints.web.templatetags.frame import HEADER_HOLE, MESSAGES_HOLE, kept_header
from twiza.kit import clock


class InsideKey(NamedTuple):
    """What the page is of; the rest is what its head tells search engines, in which language, on which day."""

    subject: Hashable
    language: str
    canonical: str
    is_public: bool
    day: date


@dataclass(frozen=True)
class Inside:
    """The page in three pieces: before the header, after it, after the messages."""

    before: str
    between: str
    after: str
    topics: tuple[str, ...]


KEPT: KeptParts[InsideKey, Inside] = KeptParts(most=200)


def show_inside(
    request: HttpRequest,
    subject: Hashable,
    template: str,
    make: Callable[[], tuple[dict[str, Any], Iterable[str]]],
    search_query: str = "",
) -> tuple[HttpResponse, tuple[str, ...]]:
    """The page about `subject` for this visitor, and of which topics it is made. `make` says what the template shows, and the
    topics; it is asked when nobody was shown this page since something in it changed.

    What it shows may depend on nothing else of the request than the storefront's frame, which `subject` must tell. The words in
    the header's field are the visitor's own.
    """
    key = InsideKey(subject, get_language() or "", canonical_path(request), is_public(request), clock.today())
    inside = KEPT.one(key, lambda: _make(request, template, *make()))
    words = [inside.before, _header(request, search_query), inside.between, _messages(request), inside.after]
    return HttpResponse("".join(words)), inside.topics


def _make(request: HttpRequest, template: str, context: dict[str, Any], topics: Iterable[str]) -> Inside:
    page = render_to_string(template, {**context, "has_holes": True}, request)
    before, _hole, rest = page.partition(HEADER_HOLE)
    between, _hole, after = rest.partition(MESSAGES_HOLE)
    return Inside(before, between, after, tuple(topics))


def _header(request: HttpRequest, search_query: str) -> str:
    return kept_header(RequestContext(request, {**site(request), "request": request, "search_query": search_query}))


def _messages(request: HttpRequest) -> str:
    messages = get_messages(request)
    return render_to_string("web/_messages.html", {"messages": messages}) if messages else ""
