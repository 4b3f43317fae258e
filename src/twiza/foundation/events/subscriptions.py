"""Who wants to hear of what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar


@dataclass(frozen=True)
class Event:
    """Something that happened. Ids and plain values only.

    A field may be added, never renamed; a new meaning is a new event.
    """


E = TypeVar("E", bound=Event)
Handler = Callable[[E], None]

_handlers: dict[type[Event], list[str]] = {}
_found: dict[str, tuple[type[Event], Callable[[Any], None]]] = {}


def on(event_type: type[E]) -> Callable[[Handler[E]], Handler[E]]:
    """The decorated function runs, in a job, each time such an event is committed."""

    def subscribe(handler: Handler[E]) -> Handler[E]:
        name = f"{handler.__module__}.{handler.__qualname__}"
        if name not in _found:
            _handlers.setdefault(event_type, []).append(name)
        _found[name] = (event_type, handler)
        return handler

    return subscribe


def handlers_of(event_type: type[Event]) -> list[str]:
    return list(_handlers.get(event_type, []))


def deliver(handler: str, facts: dict[str, Any]) -> None:
    """Runs one handler on one event, as the job does."""
    event_type, function = _found[handler]
    function(event_type(**facts))


def subscriptions() -> dict[str, list[str]]:
    """Which handlers hear which event, by name."""
    return {event.__name__: list(names) for event, names in _handlers.items()}
