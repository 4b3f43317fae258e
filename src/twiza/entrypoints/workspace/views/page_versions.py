"""What others propose for the page, and how it read before."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from twiza.domain.directory.rules import may_decide
from twiza.domain.directory.selectors import get_proposed_revision, get_shown_version, revisions_waiting_for, versions_shown
from twiza.domain.directory.services.comparing import differences
from twiza.domain.directory.services.drafting import details_said_by
from twiza.domain.directory.services.revising import restore_revision
from twiza.entrypoints.workspace.access import CooperativeRequest, for_cooperative
from twiza.entrypoints.workspace.deciding import decide, is_still_waiting, what_would_change
from twiza.entrypoints.workspace.revision_words import changes_in_words, said_by
from twiza.entrypoints.workspace.screens import go, refuse, show
from twiza.kit.errors import DomainError, NotFound


@require_safe
@for_cooperative
def show_changes(request: CooperativeRequest) -> HttpResponse:
    """What waits, and every version that everybody saw."""
    waiting = [(revision, said_by(revision)) for revision in revisions_waiting_for(request.cooperative)]
    versions = [(version, said_by(version)) for version in versions_shown(request.cooperative)]
    decides = may_decide(request.user, request.cooperative)
    return show(request, "page_changes.html", waiting=waiting, versions=versions, decides=decides)


@require_http_methods(["GET", "HEAD", "POST"])
@for_cooperative
def show_change(request: CooperativeRequest, waiting: int) -> HttpResponse:
    """What would change, side by side; all of it taken, a part, or none."""
    revision = get_proposed_revision(request.user, request.cooperative.slug, waiting)
    if not is_still_waiting(request, revision):
        return go(request, "page_changes")
    said_first = decide(request, revision) if request.method == "POST" else {}
    if said_first is None:
        return go(request, "page_changes")
    return show(request, "page_change.html", **{**what_would_change(revision), **said_first})


@require_http_methods(["GET", "HEAD", "POST"])
@for_cooperative
def show_version(request: CooperativeRequest, version: int) -> HttpResponse:
    """How the page read, beside how it reads now; and back to it."""
    old, now = get_shown_version(request.cooperative, version), request.cooperative.published_revision
    if now is None:
        raise NotFound
    if request.method == "POST":
        return _restore(request, version)
    before, after = details_said_by(now), details_said_by(old)
    return show(
        request,
        "page_version.html",
        version=old,
        said_by=said_by(old),
        changes=changes_in_words(differences(before, before, after)),
        seen=now.number,
        decides=may_decide(request.user, request.cooperative),
    )


def _restore(request: CooperativeRequest, version: int) -> HttpResponse:
    typed = request.POST.get("seen", "")
    seen = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0
    try:
        restored = restore_revision(request.cooperative, version, seen=seen, by=request.user)
    except DomainError as refusal:
        refuse(request, refusal)
        return go(request, "page_version", version)
    messages.success(request, _("The page reads as it did then.") if restored else _("Nothing was changed."))
    return go(request, "page_changes")
