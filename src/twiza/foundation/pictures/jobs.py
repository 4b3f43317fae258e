"""The jobs that make photographs ready."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from twiza.foundation.pictures import services


@app.task(name=services.MAKE, queue="pictures", retry=RetryStrategy(max_attempts=services.MOST_TRIES, wait=10))
def make(table: str, picture_id: int) -> None:
    """Every size of one photograph of this table."""
    services.make(table, picture_id)


@app.periodic(cron="*/5 * * * *")
@app.task(name="pictures.look_after", queue="pictures", queueing_lock="pictures.look_after")
def look_after(timestamp: int) -> None:
    """What a stopped worker left behind is begun again, and what nobody came for is forgotten."""
    services.have_all_made()
    services.forget_old_asides()
