"""What a person who keeps the register decides: this file, these columns, check it, import it, undo it."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction

from twiza.domain.directory.errors import ColumnTwice, NameColumnMissing, RegisterGone, RegisterTooLarge, UploadNotReady
from twiza.domain.directory.locking import lock_upload
from twiza.domain.directory.models import UploadedRegister
from twiza.domain.directory.services.importing.headings import FIELDS, MANY, NAMES, ColumnMap
from twiza.domain.directory.services.importing.saved_maps import save_column_map
from twiza.domain.directory.services.uploads.queue import enqueue
from twiza.domain.directory.states import UPLOAD_MAY_BECOME, UploadState
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.kit.folding import fold_words
from twiza.kit.kept_files import keep_file, plain_name
from twiza.kit.tables import read_table


@dataclass(frozen=True)
class ColumnChoices:
    """`fields` says, by a column's place, what it holds: nothing for a column that is not read. Under `map_name`, when there
    is one, the choices are kept for the next file with these headings."""

    fields: Mapping[int, str] = field(default_factory=dict)
    source: str = ""
    licence: str = ""
    as_of: date | None = None
    contacts_are: str = "partners"
    map_name: str = ""


def receive_register(pieces: Iterable[bytes], file_name: str, *, by: User) -> UploadedRegister:
    """The file is kept where nobody is served it, and a job opens it.

    Raises RegisterTooLarge, or another FileUnreadable when its first bytes are those of no table; then nothing is kept.
    """
    upload = UploadedRegister(by=by, file_name=plain_name(file_name) or "register", folder=secrets.token_hex(16))
    upload.kept_in.mkdir(parents=True, mode=0o700)
    try:
        _write(upload, pieces)
        read_table(upload.file)
        with transaction.atomic():
            upload.save()
            record("directory.upload", subject=f"upload:{upload.pk}", by=by, details={"file": upload.file_name})
            enqueue(upload.pk)
    except BaseException:
        shutil.rmtree(upload.kept_in, ignore_errors=True)
        raise
    return upload


@transaction.atomic
def open_again(upload_id: int, *, encoding: str = "", separator: str = "") -> UploadedRegister:
    """The file is opened anew, read as it is said to be written. Raises UploadNotReady."""
    upload = _move(upload_id, UploadState.UPLOADED)
    upload.column_map = {"encoding": encoding, "separator": separator}
    upload.save()
    return upload


@transaction.atomic
def settle_columns(upload_id: int, choices: ColumnChoices, *, by: User) -> UploadedRegister:
    """What each column holds, and where the register comes from, is said; a job reads every row and keeps nothing.

    Raises NameColumnMissing, ColumnTwice, UploadNotReady.
    """
    upload = _move(upload_id, UploadState.CHECKING)
    _refuse_gaps(upload.headings, choices.fields)
    columns = {fold_words(one["heading"]): choices.fields.get(one["place"], "") for one in reversed(upload.headings)}
    columns.pop("", None)
    upload.column_map = {**upload.column_map, "columns": columns, "contacts_are": choices.contacts_are}
    upload.source, upload.licence, upload.as_of = choices.source, choices.licence, choices.as_of
    upload.counts, upload.first_faults, upload.map_name = {}, [], choices.map_name
    upload.save()
    if choices.map_name:
        # How a file is written is guessed anew for each: only what it says is kept.
        told = ColumnMap(columns=columns, source=choices.source, licence=choices.licence, contacts_are=choices.contacts_are)
        save_column_map(choices.map_name, told, by=by, headings=[one["heading"] for one in upload.headings])
    return upload


@transaction.atomic
def start_import(upload_id: int, *, by: User) -> UploadedRegister:
    """A job imports what was checked. Raises UploadNotReady, so that two who press the button import once."""
    upload = _move(upload_id, UploadState.IMPORTING)
    upload.imported_by = by
    upload.save()
    record("directory.start_import", subject=f"upload:{upload.pk}", by=by)
    return upload


@transaction.atomic
def start_undoing(upload_id: int, *, by: User) -> UploadedRegister:
    """A job takes the import back, but for what people and other registers said since. Raises UploadNotReady."""
    upload = _move(upload_id, UploadState.UNDOING)
    upload.undone_by = by
    upload.save()
    return upload


def _move(upload_id: int, state: UploadState) -> UploadedRegister:
    """The upload, locked, at its next step, which a job will do. Raises UploadNotReady, RegisterGone."""
    upload = lock_upload(upload_id)
    if state not in UPLOAD_MAY_BECOME[upload.state]:
        raise UploadNotReady
    if upload.purged_at and state != UploadState.UNDOING:
        raise RegisterGone
    upload.state, upload.tries = state, 0
    upload.trouble_code, upload.trouble_facts = "", {}
    upload.progress.unlink(missing_ok=True)
    enqueue(upload.pk)
    return upload


def _refuse_gaps(headings: list[dict[str, Any]], fields: Mapping[int, str]) -> None:
    seen: dict[str, str] = {}
    for one in headings:
        meaning = fields.get(one["place"], "")
        if not meaning or meaning not in FIELDS:
            continue
        if meaning in seen and meaning not in MANY:
            raise ColumnTwice(first=seen[meaning], second=one["heading"])
        seen[meaning] = one["heading"]
    if not NAMES & seen.keys():
        raise NameColumnMissing


def _write(upload: UploadedRegister, pieces: Iterable[bytes]) -> None:
    megabytes = settings.REGISTER_MEGABYTES
    kept = keep_file(upload.file, pieces, megabytes * 1_000_000, RegisterTooLarge(megabytes=megabytes))
    upload.size_bytes, upload.file_sha256 = kept.size_bytes, kept.sha256
