"""A cooperative's orders: read, answered, prepared, sent. Each button is one service, the same a text message calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from twiza.domain.aftersales.selectors import open_complaints_to, open_returns_to
from twiza.domain.directory.selectors import agents_ever_of
from twiza.domain.orders.forms import HandOverForm, RefusalForm, WeighForm
from twiza.domain.orders.selectors import lots_sent_in, lots_to_pack_in, order_of_cooperative, orders_of_cooperative
from twiza.domain.orders.services import (
    accept_order,
    confirm_by_call,
    decline_order,
    hand_over_order,
    record_delivery,
    weigh_order,
)
from twiza.entrypoints.ui.templatetags.ui import dirhams_text
from twiza.entrypoints.workspace.access import CooperativeRequest, for_cooperative, for_seller
from twiza.entrypoints.workspace.order_cards import card_of, piles_of, steps_of
from twiza.entrypoints.workspace.screens import go, refuse, show
from twiza.kit.errors import DomainError, NotFound

if TYPE_CHECKING:
    from twiza.domain.orders.models import Order


@require_safe
@for_cooperative
def show_open(request: CooperativeRequest) -> HttpResponse:
    """What waits, by what it waits for."""
    piles = piles_of(orders_of_cooperative(request.cooperative, is_open=True))
    its = request.cooperative
    return show(request, "orders.html", piles=piles, returns=open_returns_to(its), complaints=open_complaints_to(its))


@require_safe
@for_cooperative
def show_closed(request: CooperativeRequest) -> HttpResponse:
    """What is done or refused, the newest first."""
    orders = orders_of_cooperative(request.cooperative, is_open=False)
    return show(request, "orders_closed.html", cards=[card_of(order) for order in orders])


@require_safe
@for_seller
def show_one(request: CooperativeRequest, number: str) -> HttpResponse:
    order = order_of_cooperative(request.cooperative, number)
    steps = steps_of(order, agents_ever_of(request.cooperative))
    return show(request, "order.html", card=card_of(order), steps=steps, **_lots_of(order))


@require_safe
@for_seller
def show_sheet(request: CooperativeRequest, number: str) -> HttpResponse:
    """The sheet that is printed and goes with the parcel. It carries the address, so the order must be accepted."""
    order = order_of_cooperative(request.cooperative, number)
    card = card_of(order)
    if not card.shows_phone:
        messages.error(request, _("Accept the order first: then you can print its sheet."))
        return go(request, "order", number)
    if order.waits_for_the_scales:  # what is collected is written on it
        messages.error(request, _("Weigh it first: then you can print its sheet."))
        return go(request, "order_weigh", number)
    return show(request, "order_sheet.html", card=card, **_lots_of(order))


@require_POST
@for_seller
def accept(request: CooperativeRequest, number: str) -> HttpResponse:
    order = order_of_cooperative(request.cooperative, number)
    try:
        accept_order(order, by=request.user)
        messages.success(request, _("Order %(number)s accepted. Now prepare the parcel.") % {"number": number})
    except DomainError as refusal:
        refuse(request, refusal)
    return go(request, "order", number)


@require_POST
@for_seller
def say_confirmed(request: CooperativeRequest, number: str) -> HttpResponse:
    """The buyer said yes on the telephone."""
    confirm_by_call(order_of_cooperative(request.cooperative, number), by=request.user)
    messages.success(request, _("It is kept: the buyer said yes."))
    return go(request, "order", number)


@require_http_methods(["GET", "HEAD", "POST"])
@for_seller
def refuse_one(request: CooperativeRequest, number: str) -> HttpResponse:
    """Asks for the reason on a page of its own: a refusal cannot be taken back."""
    order = order_of_cooperative(request.cooperative, number)
    form = RefusalForm(request.POST or None)
    if not form.is_valid():
        return show(request, "order_refuse.html", card=card_of(order), form=form)
    try:
        decline_order(order, by=request.user, reason=form.reason_in(order.group.language))
        messages.success(request, _("Order %(number)s refused. We tell the buyer why.") % {"number": number})
    except DomainError as refusal:
        refuse(request, refusal)
    return go(request, "order", number)


@require_http_methods(["GET", "HEAD", "POST"])
@for_seller
def weigh(request: CooperativeRequest, number: str) -> HttpResponse:
    """Asks what the scales say. Weights that cannot be are kept on the screen and asked again."""
    order = order_of_cooperative(request.cooperative, number)
    lines = [line for line in order.lines.all() if line.is_weighed]
    form = WeighForm(request.POST if request.method == "POST" else None, lines=lines)
    if lines and form.is_valid():
        try:
            weighed = weigh_order(order, form.grams(), by=request.user)
        except NotFound:
            raise
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            told = {"number": number, "total": dirhams_text(weighed.total_centimes)}
            messages.success(request, _("Order %(number)s weighed: the buyer pays %(total)s. We tell them.") % told)
            return go(request, "order", number)
    return show(request, "order_weigh.html", card=card_of(order), form=form, lines=lines)


@require_http_methods(["GET", "HEAD", "POST"])
@for_seller
def send(request: CooperativeRequest, number: str) -> HttpResponse:
    """Asks how to find the parcel, and warns when the buyer has not confirmed yet."""
    order = order_of_cooperative(request.cooperative, number)
    form = HandOverForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return show(request, "order_send.html", card=card_of(order), form=form)
    try:
        hand_over_order(order, by=request.user, tracking=form.cleaned_data["tracking"], driver=form.driver())
        messages.success(request, _("Order %(number)s is on its way. We tell the buyer.") % {"number": number})
    except DomainError as refusal:
        refuse(request, refusal)
    return go(request, "order", number)


@require_POST
@for_seller
def deliver(request: CooperativeRequest, number: str) -> HttpResponse:
    order = order_of_cooperative(request.cooperative, number)
    try:
        record_delivery(order, by=request.user)
        messages.success(request, _("Order %(number)s is delivered. Well done!") % {"number": number})
    except DomainError as refusal:
        refuse(request, refusal)
    return go(request, "order", number)


def _lots_of(order: Order) -> dict[str, object]:
    """What to take from the shelf, or what left with the parcel."""
    return {"lots_to_pack": lots_to_pack_in(order), "lots_sent": lots_sent_in([order])[order.pk]}
