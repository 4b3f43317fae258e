"""One payout: the orders it is for, every try to send it, and what is done when it came back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from twiza.domain.payouts.selectors import get_payout, orders_paid_by
from twiza.domain.payouts.services import approve_retry, ask_to_retry, record_return
from twiza.entrypoints.workspace.access import SignedInRequest, for_register_keeper
from twiza.entrypoints.workspace.acting import act_and_tell
from twiza.entrypoints.workspace.payout_forms import ReturnForm
from twiza.entrypoints.workspace.payout_rows import payout_kind

if TYPE_CHECKING:
    from twiza.domain.payouts.models import Payout


@require_safe
@for_register_keeper
def show_one(request: SignedInRequest, payout_id: int) -> HttpResponse:
    payout = get_payout(payout_id, request.user)
    tries = list(payout.attempts.all())
    context = {
        "payout": payout,
        "kind": payout_kind(payout),
        "paid_orders": orders_paid_by(payout),
        "tries": tries,
        "last": tries[-1],
        "is_first": tries[-1].asked_by_id == request.user.pk,
        "form": ReturnForm() if tries[-1].state in ("approved", "sent", "paid") else None,
    }
    return render(request, "workspace/money_payout.html", context)


@require_POST
@for_register_keeper
def say_returned(request: SignedInRequest, payout_id: int) -> HttpResponse:
    payout, form = get_payout(payout_id, request.user), ReturnForm(request.POST)
    if not form.is_valid():
        for faults in form.errors.values():
            messages.error(request, str(faults[0]))
        return _to(payout)
    said = form.cleaned_data
    owed = _("Written down: it is owed again, and waits to be sent again under the same number.")
    return _done(request, payout, lambda: record_return(payout, reason=said["reason"], on=said["on"], by=request.user), owed)


@require_POST
@for_register_keeper
def send_again(request: SignedInRequest, payout_id: int) -> HttpResponse:
    payout = get_payout(payout_id, request.user)
    return _done(request, payout, lambda: ask_to_retry(payout, by=request.user), _("Asked. Another person approves it."))


@require_POST
@for_register_keeper
def approve_again(request: SignedInRequest, payout_id: int) -> HttpResponse:
    payout = get_payout(payout_id, request.user)
    return _done(request, payout, lambda: approve_retry(payout, by=request.user), _("Approved. Make a file of its batch now."))


def _done(request: SignedInRequest, payout: Payout, act: Callable[[], object], done: str) -> HttpResponse:
    act_and_tell(request, act, done)
    return _to(payout)


def _to(payout: Payout) -> HttpResponse:
    return HttpResponseRedirect(reverse("workspace:payout", args=[payout.pk]))
