"""What is written down late."""

from __future__ import annotations

from procrastinate.contrib.django import app

from twiza.domain.ledger import services
from twiza.foundation.audit.services import acting_through


@app.periodic(cron="40 * * * *")
@app.task(name="ledger.catch_up", queue="events", queueing_lock="ledger.catch_up")
def catch_up(timestamp: int) -> None:
    """Each hour."""
    with acting_through("system"):
        services.catch_up()
