"""Writing down what was done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

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


@dataclass(frozen=True)
class Subject:
    """What an act was done to, for whom, and what is worth knowing of it."""

    subject: str
    on_behalf_of: str = ""
    details: Mapping[str, object] = field(default_factory=dict)


def record_each(action: str, subjects: Iterable[Subject], *, by: User | None) -> None:
    """One act done to several things at once is remembered of each. Call it in the act's own transaction."""
    Entry.objects.bulk_create(
        Entry(
            action=action,
            subject=one.subject,
            actor=by,
            on_behalf_of=one.on_behalf_of,
            channel=current_channel(),
            details=dict(one.details),
        )
        for one in subjects
    )


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
