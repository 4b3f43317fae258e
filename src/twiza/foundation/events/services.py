"""Publishing what happened, in the transaction that made it true.

One job per handler is enqueued on the same PostgreSQL transaction: the event exists exactly
when the change is committed. A handler may run twice; it makes its second run a no-op.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from twiza.foundation.events.jobs import handle_event
from twiza.foundation.events.subscriptions import Event, handlers_of


def publish(event: Event) -> None:
    """Whoever subscribed will hear of it after the commit, and only then. Call it inside the transaction.

    Asks the database once, however many listen.
    """
    names = handlers_of(type(event))
    if names:
        jobs: list[dict[str, Any]] = [{"handler": name, "facts": asdict(event)} for name in names]
        handle_event.batch_defer(*jobs)
