"""A cooperative's list of products, from its spreadsheet onto the market: the file, a check, the import, the way back."""

from __future__ import annotations

from django.http import HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from twiza.domain.directory.selectors import live_mandate_of
from twiza.entrypoints.workspace.access import CooperativeRequest, for_cooperative
from twiza.entrypoints.workspace.list_pages import (
    Desk,
    choose_list_columns,
    open_list_anew,
    send_example,
    send_report,
    show_list,
    show_lists,
    start_list,
    undo_list,
)


@require_http_methods(["GET", "HEAD", "POST"])
@for_cooperative
def show_all(request: CooperativeRequest) -> HttpResponse:
    return show_lists(_desk(request))


@require_safe
@for_cooperative
def download_example(request: CooperativeRequest) -> StreamingHttpResponse:
    return send_example(_desk(request))


@require_safe
@for_cooperative
def show_one(request: CooperativeRequest, import_id: int) -> HttpResponse:
    return show_list(_desk(request), import_id)


@require_http_methods(["GET", "HEAD", "POST"])
@for_cooperative
def choose_columns(request: CooperativeRequest, import_id: int) -> HttpResponse:
    return choose_list_columns(_desk(request), import_id)


@require_POST
@for_cooperative
def open_anew(request: CooperativeRequest, import_id: int) -> HttpResponse:
    return open_list_anew(_desk(request), import_id)


@require_POST
@for_cooperative
def start(request: CooperativeRequest, import_id: int) -> HttpResponse:
    return start_list(_desk(request), import_id)


@require_POST
@for_cooperative
def undo(request: CooperativeRequest, import_id: int) -> HttpResponse:
    return undo_list(_desk(request), import_id)


@require_safe
@for_cooperative
def download_report(request: CooperativeRequest, import_id: int) -> StreamingHttpResponse:
    return send_report(_desk(request), import_id)


def _desk(request: CooperativeRequest) -> Desk:
    context = {"cooperative": request.cooperative, "mandate": live_mandate_of(request.user, request.cooperative)}
    return Desk(request, request.cooperative.slug, "product_import", context, request.cooperative)
