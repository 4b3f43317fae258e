"""The inventory's jobs: reading lists of products."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from twiza.domain.inventory.services.importing import queue, work


@app.task(name=queue.ADVANCE, queue="registers", retry=RetryStrategy(max_attempts=10, wait=20))
def advance_product_import(import_id: int) -> None:
    """Checks, imports or takes back a list of products, as its state asks."""
    work.advance_product_import(import_id)


@app.periodic(cron="*/5 * * * *")
@app.task(name="inventory.look_after_lists", queue="registers", queueing_lock="inventory.look_after_lists")
def look_after_lists(timestamp: int) -> None:
    """What a stopped worker left is begun again, and files are kept no longer than we said."""
    queue.enqueue_all_under_way()
    work.purge_old_lists()
