"""The directory's jobs: what its calendar asks for, and reading registers."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from twiza.domain.directory.services import labels
from twiza.domain.directory.services.uploads import queue, work


@app.periodic(cron="10 * * * *")
@app.task(name="directory.follow_labels", queue="search", queueing_lock="directory.follow_labels")
def follow_labels(timestamp: int) -> None:
    """A label that began or ended is found, or no more, on its day; asked each hour, in case a worker slept at midnight."""
    labels.note_labels_by_date()


@app.task(name=queue.ADVANCE, queue="registers", retry=RetryStrategy(max_attempts=10, wait=20))
def advance_upload(upload_id: int) -> None:
    """Opens, checks, imports or undoes an uploaded register, as its state asks."""
    work.advance_upload(upload_id)


@app.periodic(cron="*/5 * * * *")
@app.task(name="directory.look_after_uploads", queue="registers", queueing_lock="directory.look_after_uploads")
def look_after_uploads(timestamp: int) -> None:
    """What a stopped worker left is begun again, and files are kept no longer than we said."""
    queue.enqueue_all_under_way()
    work.purge_old_uploads()
