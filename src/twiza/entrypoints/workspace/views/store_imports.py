"""One list with the products of many cooperatives, for whoever acts for them: a column says whose each product is."""

from __future__ import annotations

from django.http import HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from twiza.domain.directory.rules import employer_of
from twiza.domain.directory.selectors import cooperatives_run_by, mandates_around
from twiza.domain.storefronts.selectors import cooperatives_shown_in, get_storefront_for
from twiza.entrypoints.workspace.access import SignedInRequest, signed_in
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

MOST_NAMES = 60


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def show_all(request: SignedInRequest, slug: str) -> HttpResponse:
    """The lists, and of which of the storefront's cooperatives one may import."""
    desk = _desk(request, slug)
    around = mandates_around(request.user, list(cooperatives_shown_in(desk.context["storefront"])))
    desk.context["around"] = around
    desk.context["may_ask"] = employer_of(request.user) is not None
    desk.context["unreachable_shown"] = around.unreachable[:MOST_NAMES]
    desk.context["unreachable_more"] = len(around.unreachable[MOST_NAMES:])
    return show_lists(desk)


@require_safe
@signed_in
def download_example(request: SignedInRequest, slug: str) -> StreamingHttpResponse:
    return send_example(_desk(request, slug))


@require_safe
@signed_in
def show_one(request: SignedInRequest, slug: str, import_id: int) -> HttpResponse:
    return show_list(_desk(request, slug), import_id)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def choose_columns(request: SignedInRequest, slug: str, import_id: int) -> HttpResponse:
    return choose_list_columns(_desk(request, slug), import_id)


@require_POST
@signed_in
def open_anew(request: SignedInRequest, slug: str, import_id: int) -> HttpResponse:
    return open_list_anew(_desk(request, slug), import_id)


@require_POST
@signed_in
def start(request: SignedInRequest, slug: str, import_id: int) -> HttpResponse:
    return start_list(_desk(request, slug), import_id)


@require_POST
@signed_in
def undo(request: SignedInRequest, slug: str, import_id: int) -> HttpResponse:
    return undo_list(_desk(request, slug), import_id)


@require_safe
@signed_in
def download_report(request: SignedInRequest, slug: str, import_id: int) -> StreamingHttpResponse:
    return send_report(_desk(request, slug), import_id)


def _desk(request: SignedInRequest, slug: str) -> Desk:
    """Raises NotFound for those who are not of the storefront's operator."""
    storefront = get_storefront_for(request.user, slug)
    context = {"storefront": storefront, "acts_for": list(cooperatives_run_by(request.user))}
    return Desk(request, storefront.slug, "store_import", context)
