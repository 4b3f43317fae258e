"""How far the uploaded registers are, and what was wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from twiza.domain.directory.models import ImportBatch, UploadedRegister
from twiza.domain.directory.rules import Viewer, keeps_register
from twiza.domain.directory.services.importing.faults import SENTENCES, Fault
from twiza.domain.directory.services.importing.undoing import REASONS, Kept
from twiza.kit.errors import NotFound, refusal_said
from twiza.kit.table_reports import fault_lines, rows_told

RECENT = 30


@dataclass(frozen=True)
class Progress:
    """`expected` is None while nobody knows; `has_begun` is no while another register is read first."""

    rows: int
    expected: int | None
    has_begun: bool


def uploads_for(viewer: Viewer) -> QuerySet[UploadedRegister]:
    """Every uploaded register, the newest first: all who keep the register see all of them, others none."""
    found = UploadedRegister.objects.select_related("by", "imported_by", "undone_by", "batch").order_by("-pk")
    return found if keeps_register(viewer) else found.none()


def get_upload_for(viewer: Viewer, upload_id: int) -> UploadedRegister:
    """Raises NotFound when there is none, or for those who do not keep the register."""
    upload = uploads_for(viewer).filter(pk=upload_id).first()
    if upload is None:
        raise NotFound
    return upload


def imports_by_command(viewer: Viewer) -> QuerySet[ImportBatch]:
    """Registers read by a command on the server, the newest first, for those who keep the register."""
    found = ImportBatch.objects.filter(upload=None).order_by("-pk")
    return found if keeps_register(viewer) else found.none()


def imported_before(upload: UploadedRegister) -> UploadedRegister | None:
    """The same file, already imported."""
    same = UploadedRegister.objects.filter(file_sha256=upload.file_sha256, state="imported").exclude(pk=upload.pk)
    return same.order_by("-pk").first()


def progress_of(upload: UploadedRegister) -> Progress:
    """How many rows the step under way has read."""
    rows = rows_told(upload.progress)
    expected = upload.rows_expected
    return Progress(rows, max(expected, rows) if expected else None, has_begun=upload.tries > 0)


def trouble_of(upload: UploadedRegister) -> str:
    """Why it could not be read, in the active language; nothing when it could."""
    return refusal_said(upload.trouble_code, upload.trouble_facts) if upload.trouble_code else ""


def first_faults_of(upload: UploadedRegister) -> list[Fault]:
    return list(_faults(upload.first_faults))


def all_faults_of(upload: UploadedRegister) -> Iterator[Fault]:
    """The whole report, a fault at a time; the first ones only when the file is gone."""
    return _faults(fault_lines(upload.report) if upload.report.is_file() else upload.first_faults)


def kept_after_undoing(upload: UploadedRegister) -> list[Kept]:
    """The first of the cooperatives that stayed as they are when the import was undone, and why."""
    return [Kept(**one) for one in upload.undone.get("kept_organisations", ()) if one["reason"] in REASONS]


def _faults(lines: Iterable[dict[str, Any]]) -> Iterator[Fault]:
    """Without those of a kind that nobody has words for any more."""
    return (Fault(**line) for line in lines if line["code"] in SENTENCES)
