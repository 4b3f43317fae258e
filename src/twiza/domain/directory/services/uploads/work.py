"""What the jobs do with an uploaded register. Every step may be begun again: it is done once, or not at all."""

from __future__ import annotations

import shutil
from datetime import timedelta

from django.conf import settings
from django.db import transaction

from twiza.domain.directory.errors import ReadingKeptBreaking, RegisterGone
from twiza.domain.directory.locking import lock_upload
from twiza.domain.directory.models import ImportBatch, UploadedRegister
from twiza.domain.directory.services.importing.batches import ImportOutcome, import_cooperatives
from twiza.domain.directory.services.importing.headings import ColumnMap
from twiza.domain.directory.services.uploads.books import FaultBook, ProgressFile
from twiza.domain.directory.services.uploads.opening import open_table
from twiza.domain.directory.states import UNDER_WAY, UploadState
from twiza.kit.clock import now
from twiza.kit.errors import DomainError

MOST_TRIES = 4
STAYS = frozenset({UploadState.IMPORTED, UploadState.UNDOING, UploadState.UNDONE})


def advance_upload(upload_id: int) -> None:
    """The upload's present step is done, or its refusal is written down. Does nothing when no step is asked for."""
    upload = _begin(upload_id)
    if upload is None:
        return
    step = {UploadState.UPLOADED: _open, UploadState.CHECKING: _check, UploadState.IMPORTING: _import}[UploadState(upload.state)]
    try:
        if not upload.file.is_file():
            raise RegisterGone
        step(upload)
    except DomainError as refusal:
        _fail(upload_id, refusal)


def purge_old_uploads() -> int:
    """Files and reports older than REGISTER_DAYS are gone, with the values in them; says of how many uploads."""
    before = now() - timedelta(days=settings.REGISTER_DAYS)
    old = UploadedRegister.objects.filter(uploaded_at__lt=before, purged_at=None)
    return sum(_purge(upload_id) for upload_id in old.values_list("pk", flat=True))


@transaction.atomic
def _begin(upload_id: int) -> UploadedRegister | None:
    """Counted before anything else, so that a file on which workers die is not begun for ever."""
    upload = lock_upload(upload_id)
    if upload.state not in UNDER_WAY:
        return None
    upload.tries += 1
    upload.save(update_fields=["tries"])
    if upload.tries > MOST_TRIES:
        _fail(upload_id, ReadingKeptBreaking())
        return None
    return upload


def _open(upload: UploadedRegister) -> None:
    told = upload.column_map
    table = open_table(upload.file, encoding=told.get("encoding", ""), separator=told.get("separator", ""))
    with transaction.atomic():
        upload = lock_upload(upload.pk)
        if upload.state != UploadState.UPLOADED:
            return
        upload.headings, upload.rows_expected = table.headings, table.rows
        upload.column_map = {**upload.column_map, "encoding": table.encoding, "separator": table.separator}
        upload.state = UploadState.OPENED
        upload.save()


def _check(upload: UploadedRegister) -> None:
    with FaultBook(upload.report) as faults:
        outcome = _read(upload, faults, dry_run=True)
    with transaction.atomic():
        upload = lock_upload(upload.pk)
        if upload.state != UploadState.CHECKING:
            return
        _note(upload, outcome, faults)
        upload.state, upload.checked_at = UploadState.CHECKED, now()
        upload.save()


def _import(upload: UploadedRegister) -> None:
    """The rows and the word that they are there become true together: a job that is begun again finds one or none."""
    with transaction.atomic():
        upload = lock_upload(upload.pk)
        if upload.state != UploadState.IMPORTING:
            return
        with FaultBook(upload.report) as faults:
            outcome = _read(upload, faults, dry_run=False)
        upload.batch = ImportBatch.objects.get(pk=outcome.batch or 0)
        upload.batch.file_name = upload.file_name
        upload.batch.save(update_fields=["file_name"])
        _note(upload, outcome, faults)
        upload.state, upload.imported_at = UploadState.IMPORTED, now()
        upload.save()


def _read(upload: UploadedRegister, faults: FaultBook, *, dry_run: bool) -> ImportOutcome:
    return import_cooperatives(
        upload.file,
        by=upload.imported_by or upload.by,
        told=column_map_of(upload),
        dry_run=dry_run,
        on_fault=faults.take,
        on_progress=ProgressFile(upload.progress).take,
    )


def column_map_of(upload: UploadedRegister) -> ColumnMap:
    """What the person said of the file, as the importer takes it."""
    return ColumnMap(**upload.column_map, source=upload.source, licence=upload.licence)


def _note(upload: UploadedRegister, outcome: ImportOutcome, faults: FaultBook) -> None:
    upload.counts = {
        "rows": outcome.rows,
        "new": outcome.created,
        "changed": outcome.updated,
        "matched": outcome.unchanged,
        "conflicting": outcome.conflicting,
        "refused": outcome.rejected - outcome.conflicting,
        "warnings": outcome.warnings,
        "faults": faults.total,
    }
    upload.first_faults = faults.first
    upload.rows_expected = outcome.rows
    upload.tries = 0


@transaction.atomic
def _fail(upload_id: int, refusal: DomainError) -> None:
    upload = lock_upload(upload_id)
    if upload.state not in UNDER_WAY:
        return
    upload.state = UploadState.FAILED
    upload.trouble_code = refusal.code
    upload.trouble_facts = {name: str(fact) for name, fact in refusal.facts.items()}
    upload.save()


@transaction.atomic
def _purge(upload_id: int) -> bool:
    upload = lock_upload(upload_id)
    if upload.state in UNDER_WAY:
        return False
    shutil.rmtree(upload.kept_in, ignore_errors=True)
    upload.purged_at, upload.first_faults = now(), []
    upload.headings = [{**one, "samples": []} for one in upload.headings]
    if upload.state not in STAYS:
        upload.state, upload.trouble_code, upload.trouble_facts = UploadState.FAILED, RegisterGone.code, {}
    upload.save()
    return True
