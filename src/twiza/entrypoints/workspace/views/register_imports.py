"""A register from a file into the directory: the file, its columns, a check that keeps nothing, the import, the report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from twiza.domain.directory.selectors.uploads import (
    RECENT,
    all_faults_of,
    first_faults_of,
    get_upload_for,
    imported_before,
    imports_by_command,
    kept_after_undoing,
    progress_of,
    trouble_of,
    uploads_for,
)
from twiza.domain.directory.services.uploads.steps import (
    open_again,
    receive_register,
    settle_columns,
    start_import,
    start_undoing,
)
from twiza.domain.directory.states import UNDER_WAY
from twiza.entrypoints.workspace.access import SignedInRequest, for_register_keeper
from twiza.entrypoints.workspace.import_forms import ColumnsForm, UploadForm, WrittenForm, columns_taken_for, written_form
from twiza.entrypoints.workspace.import_pages import parts_of, report_lines, steps_of
from twiza.kit.errors import DomainError

if TYPE_CHECKING:
    from twiza.domain.directory.models import UploadedRegister


@require_http_methods(["GET", "HEAD", "POST"])
@for_register_keeper
def show_all(request: SignedInRequest) -> HttpResponse:
    """Choose a file; and how those chosen before went."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            upload = receive_register(file.chunks(), file.name, by=request.user)
        except DomainError as refusal:
            form.add_error("file", str(refusal))
        else:
            return _go(upload.pk)
    return render(
        request,
        "workspace/register_imports.html",
        {"form": form, "uploads": uploads_for(request.user)[:RECENT], "by_command": imports_by_command(request.user)[:RECENT]},
    )


@require_safe
@for_register_keeper
def show_one(request: SignedInRequest, upload_id: int) -> HttpResponse:
    """Where it is now, and what to decide. While a job is at work the page looks again by itself."""
    upload = get_upload_for(request.user, upload_id)
    if upload.state == "opened":
        return HttpResponseRedirect(reverse("workspace:register_import_columns", args=[upload_id]))
    return render(
        request,
        "workspace/register_import.html",
        {
            "upload": upload,
            "steps": steps_of(upload),
            "is_under_way": upload.state in UNDER_WAY,
            "progress": progress_of(upload),
            "trouble": trouble_of(upload),
            "kept": kept_after_undoing(upload),
            "parts": parts_of(upload.counts) if upload.counts else [],
            "gains": upload.counts.get("new", 0) + upload.counts.get("changed", 0),
            "faults": first_faults_of(upload),
            "before": imported_before(upload),
            "days": settings.REGISTER_DAYS,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_register_keeper
def choose_columns(request: SignedInRequest, upload_id: int) -> HttpResponse:
    """Each heading with its first values and what we take it for, to be corrected; and where the register comes from."""
    upload = get_upload_for(request.user, upload_id)
    if not upload.headings:
        return _go(upload_id)
    form = ColumnsForm(upload.headings, request.POST if request.method == "POST" else None, initial=_said_before(upload))
    if form.is_valid():
        try:
            settle_columns(upload.pk, form.choices(), by=request.user)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            return _go(upload_id)
    return render(
        request,
        "workspace/register_import_columns.html",
        {
            "upload": upload,
            "form": form,
            "written": written_form(upload.column_map),
            "steps": steps_of(upload),
            "before": imported_before(upload),
        },
    )


@require_POST
@for_register_keeper
def open_anew(request: SignedInRequest, upload_id: int) -> HttpResponse:
    """The letters or the cells looked wrong: the file is read as somebody says it is written."""
    upload = get_upload_for(request.user, upload_id)
    form = WrittenForm(request.POST)
    if form.is_valid():
        try:
            open_again(upload.pk, **form.cleaned_data)
        except DomainError as refusal:
            messages.error(request, str(refusal))
    return _go(upload_id)


@require_POST
@for_register_keeper
def start(request: SignedInRequest, upload_id: int) -> HttpResponse:
    """What was checked is imported."""
    upload = get_upload_for(request.user, upload_id)
    try:
        start_import(upload.pk, by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return _go(upload_id)


@require_POST
@for_register_keeper
def undo(request: SignedInRequest, upload_id: int) -> HttpResponse:
    """What was imported is taken back."""
    upload = get_upload_for(request.user, upload_id)
    try:
        start_undoing(upload.pk, by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return _go(upload_id)


@require_safe
@for_register_keeper
def download_report(request: SignedInRequest, upload_id: int) -> StreamingHttpResponse:
    """Every fault that was found, as CSV."""
    upload = get_upload_for(request.user, upload_id)
    lines = report_lines(all_faults_of(upload), get_language() or "fr")
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="report-{upload.pk}.csv"'
    return answer


def _said_before(upload: UploadedRegister) -> dict[str, Any]:
    """What was chosen for this file; on the first look, what we take its columns for."""
    told = upload.column_map
    return {
        **columns_taken_for(upload.headings, told.get("columns")),
        "map_name": upload.map_name,
        "source": upload.source,
        "licence": upload.licence,
        "as_of": upload.as_of,
        "contacts_are": told.get("contacts_are", "partners"),
    }


def _go(upload_id: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("workspace:register_import", args=[upload_id]))
