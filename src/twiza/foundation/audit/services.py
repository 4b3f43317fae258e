"""Writing down what was done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from twiza.foundation.accounts.models import User
from twiza.foundation.audit.models import Channel, Entry

_channel: ContextVar[str] = ContextVar("audit_channel", default=Channel.WEB)


@contextmanager
def acting_through(channel: str) -> Iterator[None]:
    """What is recorded inside came through this door: web, sms, api or system."""
    token = _channel.set(channel)
    try:
        yield
    finally:
        _channel.reset(token)


def current_channel() -> str:
    return _channel.get()


def record(
    action: str, *, subject: str, by: User | None, on_behalf_of: str = "", details: Mapping[str, object] | None = None
) -> Entry:
    """The act is remembered with its actor and the door it came through. Call it in the act's own transaction."""
    return Entry.objects.create(
        action=action,
        subject=subject,
        actor=by,
        on_behalf_of=on_behalf_of,
        channel=current_channel(),
        details=dict(details or {}),
    )
