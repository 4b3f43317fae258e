"""An agent asks cooperatives for mandates, and sees what they answered."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from twiza.domain.directory.rules import employer_of
from twiza.domain.directory.selectors import get_mandate_of_agent, mandates_asked_by
from twiza.domain.directory.services.mandates import ask_for_mandate, revoke_mandate
from twiza.entrypoints.workspace.access import SignedInRequest, signed_in
from twiza.entrypoints.workspace.forms_people import MandateForm
from twiza.kit.errors import DomainError, NotFound


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def show_own(request: SignedInRequest) -> HttpResponse:
    """Asks a cooperative by text, and lists what was asked. Whoever works for no operator or partner has no such page."""
    employer = employer_of(request.user)
    if employer is None:
        raise NotFound
    form = MandateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            asked = ask_for_mandate(request.user, form.cleaned_data["cooperative"])
        except DomainError as refusal:
            form.add_error("cooperative", str(refusal))
        else:
            told = {"cooperative": asked.organisation.name}
            messages.success(request, _("We asked %(cooperative)s by text. It has a week to answer.") % told)
            return HttpResponseRedirect(reverse("workspace:mandates"))
    known = [(mandate, "ended" if mandate.is_over else mandate.state) for mandate in mandates_asked_by(request.user)]
    return render(request, "workspace/mandates.html", {"form": form, "mandates": known, "employer": employer})


@require_POST
@signed_in
def give_back(request: SignedInRequest, mandate_id: int) -> HttpResponse:
    """The agent needs it no more."""
    revoke_mandate(get_mandate_of_agent(request.user, mandate_id), by=request.user)
    messages.success(request, _("You do not act for this cooperative any more."))
    return HttpResponseRedirect(reverse("workspace:mandates"))
