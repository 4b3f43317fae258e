"""The job that does the next step of a list of products."""

from __future__ import annotations

from contextlib import suppress

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from twiza.domain.inventory.models import ProductImport
from twiza.domain.inventory.states import IMPORT_UNDER_WAY

ADVANCE = "inventory.advance_product_import"
# Lists are read one after the other, so that they never hold more than one of the worker's hands.
ONE_AT_A_TIME = "inventory.import_products"


def enqueue(import_id: int) -> None:
    """Once this transaction is committed, a job does what the import's state asks for. Enqueued twice, it waits once."""
    job = app.configure_task(
        ADVANCE, allow_unknown=True, queue="registers", lock=ONE_AT_A_TIME, queueing_lock=f"{ADVANCE}:{import_id}"
    )
    with suppress(AlreadyEnqueued), transaction.atomic():
        job.defer(import_id=import_id)


def enqueue_all_under_way() -> None:
    """What a worker that was stopped left behind is begun again. A step that is done asks for nothing."""
    waiting = ProductImport.objects.filter(state__in=IMPORT_UNDER_WAY).exclude(folder="")
    for import_id in waiting.values_list("pk", flat=True):
        enqueue(import_id)
