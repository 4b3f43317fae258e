"""Asking buyers what they think."""

from __future__ import annotations

from procrastinate.contrib.django import app

from twiza.domain.reviews.services import asking
from twiza.foundation.audit.services import acting_through


@app.periodic(cron="30 10 * * *")
@app.task(name="reviews.ask_buyers", queue="events", queueing_lock="reviews.ask_buyers")
def ask_buyers(timestamp: int) -> None:
    """Each morning, when nobody is woken by it."""
    with acting_through("system"):
        asking.ask_buyers()
