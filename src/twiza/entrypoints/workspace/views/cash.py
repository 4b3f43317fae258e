"""Cash in a cooperative's hands: what it took from buyers, whom it gave it to, and what others say they gave it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from twiza.domain.orders.selectors.cash import orders_of_parts
from twiza.domain.payments.selectors import cash_to_hand_over, hand_overs_by, hand_overs_for
from twiza.domain.payments.services.remitting import confirm_hand_over, deny_hand_over, say_handed_over
from twiza.entrypoints.workspace.access import CooperativeRequest, for_cooperative
from twiza.entrypoints.workspace.chosen import chosen_id
from twiza.entrypoints.workspace.screens import go, refuse, show
from twiza.kit.errors import DomainError, NotFound


@require_safe
@for_cooperative
def show_all(request: CooperativeRequest) -> HttpResponse:
    """What is to be given to whom, order by order; what waits for the person's yes; what was given before."""
    groups = cash_to_hand_over(request.cooperative)
    orders = orders_of_parts([one.part for group in groups for one in group.collections])
    return show(
        request,
        "cash.html",
        groups=[(group, [(one, orders.get(one.part)) for one in group.collections]) for group in groups],
        to_answer=hand_overs_for(request.user, request.cooperative),
        given=hand_overs_by(request.cooperative),
    )


@require_POST
@for_cooperative
def say_given(request: CooperativeRequest) -> HttpResponse:
    """All that is ticked was given to one neighbour, or to the market."""
    to_id = request.POST.get("to", "")
    group = next((one for one in cash_to_hand_over(request.cooperative) if (str(one.to.pk) if one.to else "") == to_id), None)
    if group is None:
        raise NotFound
    ticked = set(request.POST.getlist("cash"))
    ids = [one.pk for one in group.collections if str(one.pk) in ticked]
    try:
        say_handed_over(request.cooperative, ids, to=group.to, by=request.user)
    except DomainError as refusal:
        refuse(request, refusal)
    else:
        messages.success(request, _("It is kept. Whoever received it now says yes."))
    return go(request, "own_cash")


@require_POST
@for_cooperative
def answer(request: CooperativeRequest) -> HttpResponse:
    """Whether what another says it gave did come."""
    came = request.POST.get("came") == "yes"
    waiting = {one.pk for one in hand_overs_for(request.user, request.cooperative)}
    remittance_id = chosen_id(request, "remittance")
    if remittance_id not in waiting:
        raise NotFound
    try:
        (confirm_hand_over if came else deny_hand_over)(remittance_id, by=request.user)
    except DomainError as refusal:
        refuse(request, refusal)
    else:
        messages.success(request, _("Thank you: it came.") if came else _("It is kept: it did not come."))
    return go(request, "own_cash")
