"""Public pages are kept in memory, and never shown after a change of what they show.

A view says of which topics its page is made (`keep_for_everybody`). Whoever asks for the same address without a basket and
without having signed in gets the kept page, after one question: have these topics changed since? The answer comes from the
rows that tables write about themselves (`foundation/versions`), so it is right on every machine at the very next request.
What changes by the clock alone (a hold that ran out, a fair that ends) is at most a minute old, and what changes with the day
(a best-before date, a certificate) is never of yesterday.
"""

from __future__ import annotations

import gzip
import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpResponse

from twiza.entrypoints.web.kept_parts import KEPT_SECONDS
from twiza.entrypoints.web.reading import begin_reading
from twiza.foundation.versions.selectors import Version, version_of, version_since
from twiza.kit.clock import seconds_left_today

KEPT_BYTES = 48_000_000
LONGEST_ADDRESS = 300
REMEMBERED_ADDRESSES = 20_000
TOPICS = "made_of"
Headers = list[tuple[str, str]]
StartResponse = Callable[..., Any]
Application = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]


def keep_for_everybody(response: HttpResponse, topics: Iterable[str]) -> HttpResponse:
    """The page may be shown to any visitor until one of these topics changes. It must hold nothing of one person's own.

    Not for what the search index chose: it follows the tables a moment later, and says to nobody when it has.
    """
    setattr(response, TOPICS, tuple(topics))
    response["Cache-Control"] = "private, no-cache"
    return response


@dataclass
class KeptPage:
    body: bytes
    headers: Headers
    topics: tuple[str, ...]
    version: Version
    until: float
    etag: str
    zipped: bytes = field(default=b"", repr=False)

    @property
    def size(self) -> int:
        return len(self.body) + len(self.zipped) + 2_000

    def is_current(self) -> bool:
        return time.monotonic() < self.until and version_of(self.topics) == self.version


class KeptPages:
    """The pages of this process, the least asked for forgotten first."""

    def __init__(self, most_bytes: int = KEPT_BYTES) -> None:
        self._pages: OrderedDict[tuple[str, ...], KeptPage] = OrderedDict()
        self._lock = Lock()
        self._most_bytes = most_bytes
        self._bytes = 0

    def get(self, key: tuple[str, ...]) -> KeptPage | None:
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def put(self, key: tuple[str, ...], page: KeptPage) -> None:
        with self._lock:
            self._take_out(key)
            self._pages[key] = page
            self._bytes += page.size
            while self._bytes > self._most_bytes:
                self._take_out(next(iter(self._pages)))

    def forget(self, key: tuple[str, ...]) -> None:
        with self._lock:
            self._take_out(key)

    def _take_out(self, key: tuple[str, ...]) -> None:
        page = self._pages.pop(key, None)
        if page is not None:
            self._bytes -= page.size


class AskedBefore:
    """Which addresses were asked for lately. Most with several choices are asked for once: what nobody asks again is not kept."""

    def __init__(self, most: int) -> None:
        self._seen: OrderedDict[int, None] = OrderedDict()
        self._lock = Lock()
        self._most = most

    def has_seen(self, key: tuple[str, ...]) -> bool:
        """Whether it was; from now on it is."""
        number = hash(key)
        with self._lock:
            known = number in self._seen
            self._seen[number] = None
            self._seen.move_to_end(number)
            if len(self._seen) > self._most:
                self._seen.popitem(last=False)
        return known


class PageCache:
    """Stands before the site: what is kept never reaches it."""

    def __init__(self, site: Application) -> None:
        self._site = site
        self._pages = KeptPages()
        self._asked = AskedBefore(REMEMBERED_ADDRESSES)
        self._spoken = tuple(f"/{code}/" for code, _name in settings.LANGUAGES)
        self._personal = (settings.SESSION_COOKIE_NAME, "basket", "messages")

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        if not self._is_for_everybody(environ):
            return self._site(environ, start_response)
        key = _key(environ)
        try:
            page = self._pages.get(key)
            if page is not None and page.is_current():
                return _answer(page, environ, start_response)
            self._pages.forget(key)
            if not self._asked.has_seen(key):
                return self._site(environ, start_response)
            begun = begin_reading(environ).begin()
        except DatabaseError:
            connection.close()
            return self._site(environ, start_response)
        return self._ask_and_keep(key, begun, environ, start_response)

    def _is_for_everybody(self, environ: dict[str, Any]) -> bool:
        if environ["REQUEST_METHOD"] != "GET" or not environ["PATH_INFO"].startswith(self._spoken):
            return False
        if len(environ["PATH_INFO"]) + len(environ.get("QUERY_STRING", "")) > LONGEST_ADDRESS:
            return False
        cookies = environ.get("HTTP_COOKIE", "")
        return not (cookies and any(name in cookies for name in self._personal))

    def _ask_and_keep(
        self, key: tuple[str, ...], begun: str, environ: dict[str, Any], start_response: StartResponse
    ) -> Iterable[bytes]:
        said: list[Any] = []

        def listen(status: str, headers: Headers, *rest: Any) -> Any:
            said[:] = [status, headers]
            return start_response(status, headers, *rest)

        response = self._site(environ, listen)
        topics = getattr(response, TOPICS, None)
        if topics is not None and said[0].startswith("200") and not _sets_cookie(said[1]):
            self._keep(key, begun, response, said[1], topics)
        return response

    def _keep(self, key: tuple[str, ...], begun: str, response: Any, headers: Headers, topics: tuple[str, ...]) -> None:
        """Unless something changed while the page was being made."""
        try:
            version = version_since(begun, topics)
        except DatabaseError:
            connection.close()
            return
        if version is None:
            return
        kept = [(name, value) for name, value in headers if name.lower() != "content-length"]
        etag = f'"{hashlib.blake2b(response.content, digest_size=12).hexdigest()}"'
        until = time.monotonic() + min(KEPT_SECONDS, seconds_left_today())
        page = KeptPage(response.content, kept, topics, version, until, etag)
        self._pages.put(key, page)


def _key(environ: dict[str, Any]) -> tuple[str, ...]:
    return (environ["wsgi.url_scheme"], environ.get("HTTP_X_FORWARDED_PROTO", ""), environ.get("HTTP_HOST", ""),
            environ["PATH_INFO"], environ.get("QUERY_STRING", ""))  # fmt: skip


def _sets_cookie(headers: Headers) -> bool:
    return any(name.lower() == "set-cookie" for name, _value in headers)


def _answer(page: KeptPage, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    """The kept page, zipped for a browser that reads that, or only "as you have it"."""
    if environ.get("HTTP_IF_NONE_MATCH") == page.etag:
        start_response("304 Not Modified", [("ETag", page.etag), ("Cache-Control", "private, no-cache")])
        return [b""]
    headers = [*page.headers, ("ETag", page.etag)]
    body = page.body
    if "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""):
        # Kept pages hold no secret of a visitor, so their length tells nothing.
        page.zipped = page.zipped or gzip.compress(page.body, 6)
        body = page.zipped
        headers += [("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding")]
    start_response("200 OK", [*headers, ("Content-Length", str(len(body)))])
    return [body]
