"""Taking or refusing what is proposed for a page: the same for its members and for keepers of the register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from twiza.domain.directory.services.revising import accept_changes, differences_of, refuse_changes
from twiza.entrypoints.workspace.access import SignedInRequest
from twiza.entrypoints.workspace.page_forms import ReasonForm
from twiza.entrypoints.workspace.revision_words import changes_in_words, said_by
from twiza.kit.errors import DomainError

if TYPE_CHECKING:
    from twiza.domain.directory.models import Revision


def is_still_waiting(request: HttpRequest, revision: Revision) -> bool:
    """Otherwise the reader is told that somebody was faster."""
    if revision.state == "pending":
        return True
    messages.info(request, _("This change has been decided already."))
    return False


def what_would_change(revision: Revision) -> dict[str, Any]:
    """What the screen shows: the changes, who proposes them, and the version they are compared with."""
    shown = revision.organisation.published_revision
    return {
        "revision": revision,
        "said_by": said_by(revision),
        "changes": changes_in_words(differences_of(revision, revision.organisation)),
        "seen": shown.number if shown else 0,
        "reason_form": ReasonForm(),
    }


def decide(request: SignedInRequest, revision: Revision) -> dict[str, Any] | None:
    """Does what the pressed button says: nothing more to show, or what the screen must say first."""
    form = ReasonForm(request.POST)
    try:
        if "refuse" in request.POST:
            if not form.is_valid():
                return {"reason_form": form}
            refuse_changes(revision, form.cleaned_data["reason"], by=request.user)
            messages.success(request, _("Refused. The page stays as it is."))
        else:
            things = None if "all" in request.POST else request.POST.getlist("thing")
            accept_changes(revision, things, seen=_number(request.POST.get("seen", "")), by=request.user)
            messages.success(request, _("Taken over. Buyers see it now."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return {}
    return None


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0
