"""What was sent to a cooperative and for which orders, and what is held back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from twiza.domain.payouts.selectors import get_payout_to, hold_on, orders_paid_by, payouts_to
from twiza.domain.payouts.services import object_to_hold
from twiza.entrypoints.workspace.access import CooperativeRequest, for_cooperative
from twiza.entrypoints.workspace.payout_forms import ObjectionForm
from twiza.entrypoints.workspace.payout_rows import payout_kind
from twiza.entrypoints.workspace.screens import go, refuse, show
from twiza.kit.errors import DomainError, NotFound


@require_safe
@for_cooperative
def show_all(request: CooperativeRequest) -> HttpResponse:
    """Every payout, and why nothing comes when it is held back."""
    payouts = payouts_to(request.cooperative, request.user)
    rows = [(one, list(one.attempts.all())[-1], payout_kind(one)) for one in payouts]
    return show(request, "paid.html", rows=rows, hold=hold_on(request.cooperative, request.user), form=ObjectionForm())


@require_safe
@for_cooperative
def show_one(request: CooperativeRequest, payout_id: int) -> HttpResponse:
    """One of them, down to the orders and what was in them."""
    payout = get_payout_to(request.cooperative, payout_id, request.user)
    last = list(payout.attempts.all())[-1]
    context = {"payout": payout, "last": last, "kind": payout_kind(payout), "paid_orders": orders_paid_by(payout)}
    return show(request, "paid_one.html", **context)


@require_POST
@for_cooperative
def object_to(request: CooperativeRequest) -> HttpResponse:
    """The cooperative says why its money should not be held back."""
    hold, form = hold_on(request.cooperative, request.user), ObjectionForm(request.POST)
    if hold is None:
        raise NotFound
    try:
        object_to_hold(hold, words=form.cleaned_data["words"] if form.is_valid() else "", by=request.user)
    except DomainError as refusal:
        refuse(request, refusal)
    else:
        messages.success(request, _("Sent. Somebody answers you here."))
    return go(request, "paid")
