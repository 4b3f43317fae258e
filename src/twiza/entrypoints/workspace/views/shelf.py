"""Stock and prices of many products on one page, saved together."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from twiza.domain.inventory.selectors import shelf_of
from twiza.entrypoints.workspace.access import CooperativeRequest, for_cooperative
from twiza.entrypoints.workspace.screens import show
from twiza.entrypoints.workspace.shelf_rows import EditedRow, rows_to_edit, rows_typed, save_rows

# Four answers a row: a browser may send a thousand.
ROWS_ON_A_PAGE = 100


@require_http_methods(["GET", "HEAD", "POST"])
@for_cooperative
def edit(request: CooperativeRequest) -> HttpResponse:
    """What can be saved is saved; what cannot stays as typed, and says why. Without JavaScript − and + come back here."""
    page = Paginator(list(shelf_of(request.cooperative.pk)), ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    shelf = list(page.object_list)
    if request.method != "POST":
        return show(request, "shelf.html", rows=rows_to_edit(shelf), page=page)
    rows = rows_typed(shelf, request.POST)
    if request.POST.get("step"):
        return show(request, "shelf.html", rows=rows, page=page)
    saved = save_rows(rows, request.user)
    refused = [row for row in rows if row.form.is_bound and row.form.errors]
    if saved:
        words = ngettext("%(number)s product saved.", "%(number)s products saved.", saved)
        messages.success(request, words % {"number": saved})
    if not refused:
        return HttpResponseRedirect(request.get_full_path())
    return show(request, "shelf.html", rows=_after(rows, request.cooperative.pk), refused=refused, page=page)


def _after(rows: list[EditedRow], cooperative_id: int) -> list[EditedRow]:
    """What was refused as it was typed, everything else as it stands now."""
    now = {row.variant.pk: row for row in shelf_of(cooperative_id)}
    kept = {edited.row.variant.pk: edited for edited in rows if edited.form.is_bound and edited.form.errors}
    saved = {edited.row.variant.pk for edited in rows if edited.is_saved}
    fresh = rows_to_edit([now[edited.row.variant.pk] for edited in rows if edited.row.variant.pk in now])
    for edited in fresh:
        edited.is_saved = edited.row.variant.pk in saved
    return [kept.get(edited.row.variant.pk, edited) for edited in fresh]
