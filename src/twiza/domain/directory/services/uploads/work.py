"""What the jobs do with an uploaded register. Every step may be begun again: it is done once, or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta

from django.conf import settings
from django.db import transaction

from twiza.domain.directory.errors import ReadingKeptBreaking, RegisterGone
from twiza.domain.directory.locking import lock_imports, lock_upload
from twiza.domain.directory.models import ImportBatch, UploadedRegister
from twiza.domain.directory.services.importing.batches import ImportOutcome, import_cooperatives
from twiza.domain.directory.services.importing.headings import ColumnMap, columns_of
from twiza.domain.directory.services.importing.saved_maps import SavedMap, saved_column_maps
from twiza.domain.directory.services.importing.undoing import undo_import
from twiza.domain.directory.states import UNDER_WAY, UploadState
from twiza.kit.clock import now
from twiza.kit.errors import DomainError
from twiza.kit.table_opening import open_table
from twiza.kit.table_reports import FaultBook, ProgressFile

MOST_TRIES = 4
STAYS = frozenset({UploadState.IMPORTED, UploadState.UNDOING, UploadState.UNDONE})


def advance_upload(upload_id: int) -> None:
    """The upload's present step is done, or its refusal is written down. Does nothing when no step is asked for."""
    upload = _begin(upload_id)
    if upload is None:
        return
    try:
        if upload.state != UploadState.UNDOING and not upload.file.is_file():
            raise RegisterGone
        STEPS[UploadState(upload.state)](upload)
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
    saved = {one.headings_fingerprint: one for one in saved_column_maps() if one.headings_fingerprint}
    written = {"encoding": told.get("encoding", ""), "separator": told.get("separator", "")}
    table = open_table(upload.file, columns_of, known=saved, **written)
    with transaction.atomic():
        upload = lock_upload(upload.pk)
        if upload.state != UploadState.UPLOADED:
            return
        upload.headings, upload.rows_expected = table.headings, table.rows
        upload.column_map = {**upload.column_map, "encoding": table.encoding, "separator": table.separator}
        if table.fingerprint in saved:
            _use(upload, saved[table.fingerprint])
        upload.state = UploadState.OPENED
        upload.save()


def _use(upload: UploadedRegister, saved: SavedMap) -> None:
    """What was said of another file with these headings is proposed for this one."""
    told = saved.column_map
    upload.column_map = {**upload.column_map, "columns": dict(told.columns), "contacts_are": told.contacts_are}
    upload.map_name, upload.source, upload.licence = saved.name, told.source, told.licence


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
    """The rows and the word that they are there become true together: a job that is begun again finds both or none."""
    with transaction.atomic():
        # Not the upload itself is locked meanwhile, so that whoever asks for it is answered at once.
        lock_imports()
        upload.refresh_from_db()
        if upload.state != UploadState.IMPORTING:
            return
        with FaultBook(upload.report) as faults:
            outcome = _read(upload, faults, dry_run=False)
        upload = lock_upload(upload.pk)
        upload.batch = ImportBatch.objects.get(pk=outcome.batch or 0)
        upload.batch.file_name, upload.batch.as_of = upload.file_name, upload.as_of
        upload.batch.save(update_fields=["file_name", "as_of"])
        _note(upload, outcome, faults)
        upload.state, upload.imported_at = UploadState.IMPORTED, now()
        upload.save()


def _undo(upload: UploadedRegister) -> None:
    with transaction.atomic():
        lock_imports()
        upload.refresh_from_db()
        if upload.state != UploadState.UNDOING or upload.batch_id is None:
            return
        outcome = undo_import(upload.batch_id, by=upload.undone_by)
        upload = lock_upload(upload.pk)
        upload.undone = asdict(outcome)
        upload.state = UploadState.UNDONE
        upload.save()


STEPS: dict[UploadState, Callable[[UploadedRegister], None]] = {
    UploadState.UPLOADED: _open,
    UploadState.CHECKING: _check,
    UploadState.IMPORTING: _import,
    UploadState.UNDOING: _undo,
}


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
    upload.state = UploadState.IMPORTED if upload.state == UploadState.UNDOING else UploadState.FAILED
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
