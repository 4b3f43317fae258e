"""What is proposed for any page, for whoever keeps the register."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from twiza.domain.directory.selectors import get_proposed_revision, revisions_waiting
from twiza.entrypoints.workspace.access import SignedInRequest, for_register_keeper
from twiza.entrypoints.workspace.deciding import decide, is_still_waiting, what_would_change
from twiza.entrypoints.workspace.revision_words import said_by

AT_ONCE = 30


@require_safe
@for_register_keeper
def show_waiting(request: SignedInRequest) -> HttpResponse:
    """The oldest first."""
    page = Paginator(revisions_waiting(), AT_ONCE).get_page(request.GET.get("page"))
    waiting = [(revision, said_by(revision)) for revision in page]
    pages = {
        "previous_page": page.previous_page_number() if page.has_previous() else None,
        "next_page": page.next_page_number() if page.has_next() else None,
    }
    context = {"waiting": waiting, "total": page.paginator.count, **pages}
    return render(request, "workspace/register_revisions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_register_keeper
def show_one(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """What would change, side by side; all of it taken, a part, or none."""
    revision = get_proposed_revision(request.user, slug, number)
    away = HttpResponseRedirect(reverse("workspace:register_revisions"))
    if not is_still_waiting(request, revision):
        return away
    said_first = decide(request, revision) if request.method == "POST" else {}
    if said_first is None:
        return away
    return render(request, "workspace/register_revision.html", {**what_would_change(revision), **said_first})
