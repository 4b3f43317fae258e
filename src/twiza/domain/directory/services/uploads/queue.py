"""The job that does an uploaded register's next step."""

from __future__ import annotations

from contextlib import suppress

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from twiza.domain.directory.models import UploadedRegister
from twiza.domain.directory.states import UNDER_WAY

ADVANCE = "directory.advance_upload"
# Registers are read one after the other, so that they never hold more than one of the worker's hands.
ONE_AT_A_TIME = "directory.import"


def enqueue(upload_id: int) -> None:
    """Once this transaction is committed, a job does what the upload's state asks for. Enqueued twice, it waits once."""
    job = app.configure_task(
        ADVANCE, allow_unknown=True, queue="registers", lock=ONE_AT_A_TIME, queueing_lock=f"{ADVANCE}:{upload_id}"
    )
    with suppress(AlreadyEnqueued), transaction.atomic():
        job.defer(upload_id=upload_id)


def enqueue_all_under_way() -> None:
    """What a worker that was stopped left behind is begun again. A step that is done asks for nothing."""
    for upload_id in UploadedRegister.objects.filter(state__in=UNDER_WAY).values_list("pk", flat=True):
        enqueue(upload_id)
