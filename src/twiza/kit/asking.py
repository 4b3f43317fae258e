"""Asking a far machine something over HTTP, so that afterwards one knows whether it may have heard."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpx

from twiza.kit.network import forbid_inside_transaction

CONNECT_SECONDS = 5.0
PATIENCE_SECONDS = 15.0
MOST_BYTES = 100_000

_NOBODY_HEARD = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
    httpx.InvalidURL,
)


class NotReached(Exception):
    """Nobody was there to hear it: asking again does nothing twice."""


class NoAnswer(Exception):
    """It fell silent after we spoke: what we asked may have been done."""


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes

    def as_object(self) -> dict[str, Any]:
        """What it says, when that is an object of JSON; else nothing."""
        return as_object(self.body) or {}


def ask(
    method: str,
    url: str,
    *,
    json: Mapping[str, Any] | None = None,
    form: Mapping[str, str] | None = None,
    text: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    account: tuple[str, str] | None = None,
) -> Answer:
    """One question, one answer, never inside a transaction. Redirects are not followed: a password is for one host alone.

    Raises NotReached or NoAnswer.
    """
    forbid_inside_transaction()
    try:
        with _client().stream(
            method, url, json=json, data=form, content=text, headers=dict(headers or {}), auth=account
        ) as answer:
            return Answer(answer.status_code, _beginning(answer))
    except _NOBODY_HEARD as trouble:
        raise NotReached(type(trouble).__name__) from None
    except (httpx.HTTPError, httpx.StreamError) as silence:
        raise NoAnswer(type(silence).__name__) from None


def as_object(body: bytes) -> dict[str, Any] | None:
    """The object of JSON that the bytes are; None when they are something else."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def _beginning(answer: httpx.Response) -> bytes:
    body = b""
    for some in answer.iter_bytes():
        body += some
        if len(body) >= MOST_BYTES:
            break
    return body[:MOST_BYTES]


@cache
def _client() -> httpx.Client:
    """A connection for each question: one that was kept may be closed by the other side just as we speak, and leave a doubt."""
    return httpx.Client(
        timeout=httpx.Timeout(PATIENCE_SECONDS, connect=CONNECT_SECONDS),
        limits=httpx.Limits(max_keepalive_connections=0),
        follow_redirects=False,
    )
