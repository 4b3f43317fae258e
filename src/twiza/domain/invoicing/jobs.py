"""Papers that were not issued when they should have been."""

from __future__ import annotations

from procrastinate.contrib.django import app

from twiza.domain.invoicing.services import issue_what_is_missing as issue
from twiza.foundation.audit.services import acting_through


@app.periodic(cron="40 * * * *")
@app.task(name="invoicing.issue_what_is_missing", queue="events", queueing_lock="invoicing.issue_what_is_missing")
def issue_what_is_missing(timestamp: int) -> None:
    """Each hour."""
    with acting_through("system"):
        issue()
