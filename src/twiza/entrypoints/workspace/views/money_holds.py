"""Money that is held back: why, until when, and what the cooperative says to it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from twiza.domain.payouts.selectors import cooperative_to_hold, get_hold, holds
from twiza.domain.payouts.services import answer_objection, hold_payouts, lift_hold
from twiza.entrypoints.workspace.access import SignedInRequest, for_register_keeper
from twiza.entrypoints.workspace.payout_forms import AnswerForm, HoldForm
from twiza.kit.errors import DomainError, NotFound


@require_safe
@for_register_keeper
def show_all(request: SignedInRequest) -> HttpResponse:
    """Those whose objection waits first."""
    return render(request, "workspace/money_holds.html", {"holds": holds(request.user), "form": AnswerForm()})


@require_http_methods(["GET", "HEAD", "POST"])
@for_register_keeper
def hold(request: SignedInRequest, held_slug: str) -> HttpResponse:
    """Nothing is paid out to this cooperative for some days."""
    cooperative, form = cooperative_to_hold(held_slug, request.user), HoldForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        try:
            hold_payouts(cooperative, code=said["code"], reason=said["reason"], days=said["days"], by=request.user)
        except DomainError as refusal:
            form.add_error("days", str(refusal))
        else:
            messages.success(request, _("Held. The cooperative reads why, and may object."))
            return _to_all()
    return render(request, "workspace/money_hold.html", {"held": cooperative, "form": form})


@require_POST
@for_register_keeper
def answer(request: SignedInRequest, hold_id: int) -> HttpResponse:
    held, form = get_hold(hold_id, request.user), AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why, in a few words."))
        return _to_all()
    said = form.cleaned_data
    try:
        answer_objection(held, words=said["words"], is_lifted=said["is_lifted"], by=request.user)
    except DomainError as refusal:
        return _refused(request, refusal)
    messages.success(request, _("Answered. The cooperative reads it."))
    return _to_all()


@require_POST
@for_register_keeper
def lift(request: SignedInRequest, hold_id: int) -> HttpResponse:
    try:
        lift_hold(get_hold(hold_id, request.user), by=request.user)
    except DomainError as refusal:
        return _refused(request, refusal)
    messages.success(request, _("The money is in the next batch again."))
    return _to_all()


def _refused(request: SignedInRequest, refusal: DomainError) -> HttpResponse:
    if isinstance(refusal, NotFound):
        raise refusal
    messages.error(request, str(refusal))
    return _to_all()


def _to_all() -> HttpResponse:
    return HttpResponseRedirect(reverse("workspace:payout_holds"))
