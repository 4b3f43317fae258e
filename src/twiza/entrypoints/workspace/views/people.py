"""Who belongs to the cooperative, and which agents act for it. Agents themselves do not see this."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from twiza.domain.catalogue.selectors import maker_of
from twiza.domain.directory.rules import belongs_to, decides_for
from twiza.domain.directory.selectors import (
    get_claim_of,
    get_mandate_of,
    joined_lately,
    live_memberships,
    mandates_of,
)
from twiza.domain.directory.services.mandates import grant_mandate, revoke_mandate
from twiza.domain.directory.services.memberships import add_member_by_phone, let_member_go
from twiza.domain.directory.services.welcoming import object_to_claim
from twiza.entrypoints.workspace.access import CooperativeRequest, for_its_people
from twiza.entrypoints.workspace.agent_acts import acts_for
from twiza.entrypoints.workspace.forms_people import NewMemberForm
from twiza.entrypoints.workspace.screens import go, refuse, show
from twiza.kit.errors import DomainError, NotFound


@require_safe
@for_its_people
def show_all(request: CooperativeRequest) -> HttpResponse:
    return _show(request, NewMemberForm())


@require_POST
@for_its_people
def add(request: CooperativeRequest) -> HttpResponse:
    """Somebody else belongs to it, and is told by text."""
    form = NewMemberForm(request.POST)
    if not form.is_valid():
        return _show(request, form)
    typed = form.cleaned_data
    try:
        added = add_member_by_phone(
            request.cooperative,
            name=typed["name"],
            phone=typed["phone"],
            role=typed["role"],
            language=get_language() or "fr",
            by=request.user,
        )
    except NotFound:
        raise
    except DomainError as refusal:
        form.add_error("phone", str(refusal))
        return _show(request, form)
    messages.success(request, _("%(person)s belongs to the cooperative now.") % {"person": added.user.name})
    return go(request, "people")


@require_POST
@for_its_people
def let_go(request: CooperativeRequest, user_id: int) -> HttpResponse:
    try:
        ended = let_member_go(request.cooperative, user_id, by=request.user)
    except DomainError as refusal:
        refuse(request, refusal)
        return go(request, "people")
    messages.success(request, _("%(person)s does not belong to the cooperative any more.") % {"person": ended.user.name})
    return go(request, "people" if belongs_to(request.user, request.cooperative) else "cooperative")


@require_POST
@for_its_people
def object_to(request: CooperativeRequest, claim_id: int) -> HttpResponse:
    try:
        claim = object_to_claim(get_claim_of(request.cooperative, claim_id), by=request.user)
        messages.success(request, _("%(person)s does not belong to the cooperative any more.") % {"person": claim.person.name})
    except DomainError as refusal:
        refuse(request, refusal)
    return go(request, "people")


@require_POST
@for_its_people
def grant(request: CooperativeRequest, mandate_id: int) -> HttpResponse:
    try:
        granted = grant_mandate(get_mandate_of(request.cooperative, mandate_id), by=request.user)
        messages.success(
            request, _("%(person)s acts for you for a year. You can end it at any time.") % {"person": granted.agent.name}
        )
    except DomainError as refusal:
        refuse(request, refusal)
    return go(request, "people")


@require_POST
@for_its_people
def revoke(request: CooperativeRequest, mandate_id: int) -> HttpResponse:
    try:
        ended = revoke_mandate(get_mandate_of(request.cooperative, mandate_id), by=request.user)
        messages.success(request, _("%(person)s does not act for you.") % {"person": ended.agent.name})
    except DomainError as refusal:
        refuse(request, refusal)
    return go(request, "people")


def _show(request: CooperativeRequest, form: NewMemberForm) -> HttpResponse:
    return show(
        request,
        "people.html",
        form=form,
        memberships=live_memberships(request.cooperative),
        mandates=mandates_of(request.cooperative),
        joined=joined_lately(request.cooperative, request.user),
        acts=acts_for(request.cooperative),
        decides=decides_for(request.user, request.cooperative),
        mine=maker_of(request.cooperative, request.user),
    )
