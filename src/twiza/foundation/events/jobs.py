"""The job that carries an event to one handler."""

from __future__ import annotations

from typing import Any

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from twiza.foundation.events.subscriptions import deliver

# What time can heal is tried again for about a day: 3 s, 9 s, 27 s … then it waits for a person.
PATIENT = RetryStrategy(max_attempts=10, exponential_wait=3)


@app.task(name="events.handle", queue="events", retry=PATIENT)
def handle_event(handler: str, facts: dict[str, Any]) -> None:
    deliver(handler, facts)
