"""Papers of people who say that a page is their cooperative's: read beside what the directory knows, accepted or refused."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from twiza.domain.directory.selectors import (
    claims_waiting_for_a_keeper,
    get_claim_with_papers,
    get_paper,
    get_public_organisation,
    live_memberships,
    numbers_on_file,
    papers_of,
)
from twiza.domain.directory.services.welcoming import accept_claim, refuse_claim
from twiza.entrypoints.workspace.access import SignedInRequest, for_register_keeper
from twiza.entrypoints.workspace.forms_people import ClaimRefusalForm
from twiza.kit.errors import DomainError, NotFound

MOST_SHOWN = 100


@require_safe
@for_register_keeper
def show_waiting(request: SignedInRequest) -> HttpResponse:
    """The oldest first."""
    return render(request, "workspace/register_claims.html", {"claims": claims_waiting_for_a_keeper()[:MOST_SHOWN]})


@require_safe
@for_register_keeper
def show_one(request: SignedInRequest, claim_id: int) -> HttpResponse:
    """The papers on one side, the directory on the other."""
    return _show(request, claim_id, ClaimRefusalForm())


@require_safe
@for_register_keeper
def show_paper(request: SignedInRequest, claim_id: int, paper_id: int) -> HttpResponse:
    """One paper, for keepers of the register only: never cached, never run, a PDF never opened inside the page."""
    paper = get_paper(claim_id, paper_id)
    answer = HttpResponse(bytes(paper.content), content_type=paper.media_type)
    is_picture = paper.media_type == "image/jpeg"
    name = f"claim-{claim_id}-{paper_id}.{'jpg' if is_picture else 'pdf'}"
    answer["Content-Disposition"] = f'{"inline" if is_picture else "attachment"}; filename="{name}"'
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


@require_POST
@for_register_keeper
def accept(request: SignedInRequest, claim_id: int) -> HttpResponse:
    claim = get_claim_with_papers(claim_id)
    role = "president" if request.POST.get("role") == "president" else "member"
    try:
        accept_claim(claim, role=role, by=request.user)
    except NotFound:
        raise
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        told = {"person": claim.person.name, "cooperative": claim.organisation.name}
        messages.success(request, _("%(person)s keeps the page of %(cooperative)s from now on, and is told.") % told)
    return HttpResponseRedirect(reverse("workspace:register_claims"))


@require_http_methods(["POST"])
@for_register_keeper
def refuse_one(request: SignedInRequest, claim_id: int) -> HttpResponse:
    form = ClaimRefusalForm(request.POST)
    if not form.is_valid():
        return _show(request, claim_id, form)
    claim = get_claim_with_papers(claim_id)
    try:
        refuse_claim(claim, reason=form.chosen_reason(), by=request.user)
        messages.success(request, _("Refused. %(person)s is told why.") % {"person": claim.person.name})
    except NotFound:
        raise
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(reverse("workspace:register_claims"))


def _show(request: SignedInRequest, claim_id: int, form: ClaimRefusalForm) -> HttpResponse:
    claim = get_claim_with_papers(claim_id)
    return render(
        request,
        "workspace/register_claim.html",
        {
            "claim": claim,
            "papers": papers_of(claim),
            "known": get_public_organisation(claim.organisation.slug),
            "numbers": numbers_on_file(claim.organisation),
            "memberships": live_memberships(claim.organisation),
            "is_own": claim.person == request.user,
            "form": form,
        },
    )
