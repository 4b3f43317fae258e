"""The jobs that read registers."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from twiza.domain.directory.services.uploads import queue, work


@app.task(name=queue.ADVANCE, queue="registers", retry=RetryStrategy(max_attempts=10, wait=20))
def advance_upload(upload_id: int) -> None:
    """Opens, checks or imports an uploaded register, as its state asks."""
    work.advance_upload(upload_id)


@app.periodic(cron="*/5 * * * *")
@app.task(name="directory.look_after_uploads", queue="registers", queueing_lock="directory.look_after_uploads")
def look_after_uploads(timestamp: int) -> None:
    """What a stopped worker left is begun again, and files are kept no longer than we said."""
    queue.enqueue_all_under_way()
    work.purge_old_uploads()
