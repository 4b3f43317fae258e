"""Who wants to hear of what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.exceptions import ImproperlyConfigured


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
    """The decorated function runs, in a job, each time such an event is committed.

    A job that waits calls it by its room and its own name, `notifications.tell_buyer_to_come`: it may move to another file of its
    room, and is not renamed lightly. Two of one name in a room are refused when the program starts (ImproperlyConfigured).
    """

    def subscribe(handler: Handler[E]) -> Handler[E]:
        name = in_its_room(f"{handler.__module__}.{handler.__qualname__}")
        if name in _found:
            raise ImproperlyConfigured(f"Two handlers are called {name}: a job that waits could not tell them apart.")
        _handlers.setdefault(event_type, []).append(name)
        _found[name] = (event_type, handler)
        return handler

    return subscribe


def in_its_room(name: str) -> str:
    """By which name a handler is queued, from where it stands: `twiza.domain.orders.handlers.files.do_it` is `orders.do_it`.

    Earlier versions queued it by where it stood, and what they left in the queue is still understood; a name in its room stays.
    """
    parts = name.split(".")
    return f"{parts[2]}.{parts[-1]}" if len(parts) > 3 else name


def handlers_of(event_type: type[Event]) -> list[str]:
    """The names of those who hear of such an event, in the order in which they asked."""
    return list(_handlers.get(event_type, []))


def deliver(handler: str, facts: dict[str, Any]) -> None:
    """Runs one handler on one event, as the job does."""
    event_type, function = _found[in_its_room(handler)]
    function(event_type(**facts))


def subscriptions() -> dict[str, list[str]]:
    """Which handlers hear which event, by name."""
    return {event.__name__: list(names) for event, names in _handlers.items()}
