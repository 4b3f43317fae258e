"""The jobs of the directory's calendar."""

from __future__ import annotations

from procrastinate.contrib.django import app

from twiza.domain.directory.services import labels


@app.periodic(cron="10 * * * *")
@app.task(name="directory.follow_labels", queue="search", queueing_lock="directory.follow_labels")
def follow_labels(timestamp: int) -> None:
    """A label that began or ended is found, or no more, on its day; asked each hour, in case a worker slept at midnight."""
    labels.note_labels_by_date()
