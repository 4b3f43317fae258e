"""What is done to the record of changes by itself."""

from __future__ import annotations

from procrastinate.contrib.django import app

from twiza.foundation.versions import services


@app.periodic(cron="17 * * * *")
@app.task(name="versions.forget_old_changes", queue="events", queueing_lock="versions.forget_old_changes")
def forget_old_changes(timestamp: int) -> None:
    """The record of changes stays as short as a few hours."""
    services.forget_old_changes()
