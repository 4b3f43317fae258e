"""A parcel that its buyer does not have: what happened to it, and that it is back. And all of them, for an operator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from twiza.domain.orders.forms import LOST, NotDeliveredForm, TakeBackForm
from twiza.domain.orders.selectors import order_of_cooperative, parcels_in_trouble_in
from twiza.domain.orders.services import record_loss, record_missed_delivery, record_refusal, take_back_parcel
from twiza.domain.storefronts.selectors import get_storefront_for
from twiza.entrypoints.workspace.access import CooperativeRequest, SignedInRequest, for_seller, signed_in
from twiza.entrypoints.workspace.order_cards import card_of
from twiza.entrypoints.workspace.parcel_rows import row_of
from twiza.entrypoints.workspace.screens import go, refuse, show
from twiza.kit import clock
from twiza.kit.errors import DomainError, NotFound

if TYPE_CHECKING:
    from twiza.domain.orders.models import Order


@require_http_methods(["GET", "HEAD", "POST"])
@for_seller
def say_not_delivered(request: CooperativeRequest, number: str) -> HttpResponse:
    """Asks what happened; whatever it was, the buyer is told."""
    order = order_of_cooperative(request.cooperative, number)
    form = NotDeliveredForm(
        request.POST if request.method == "POST" else None,
        parcel=order.fulfilment,
        initial={"on": clock.today().isoformat()},
    )
    if not form.is_valid():
        return show(request, "order_trouble.html", card=card_of(order), form=form)
    try:
        messages.success(request, _record(order, form, request) % {"number": number})
    except DomainError as refusal:
        refuse(request, refusal)
    return go(request, "order", number)


@require_http_methods(["GET", "HEAD", "POST"])
@for_seller
def take_back(request: CooperativeRequest, number: str) -> HttpResponse:
    """Asks how much of it may be sold again. What cannot be is kept on the screen and asked again."""
    order = order_of_cooperative(request.cooperative, number)
    pieces = [(line, line.quantity) for line in order.lines.all()]
    form = TakeBackForm(request.POST if request.method == "POST" else None, pieces=pieces)
    if form.is_valid():
        try:
            take_back_parcel(order, form.sellable(), reason=form.cleaned_data["reason"], by=request.user)
        except NotFound:
            raise
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Order %(number)s is back. The stock is right again.") % {"number": number})
            return go(request, "order", number)
    return show(request, "order_back.html", card=card_of(order), form=form)


@require_safe
@signed_in
def show_in_trouble(request: SignedInRequest, slug: str) -> HttpResponse:
    """An operator reads what came back and what could not be given, the oldest first."""
    storefront = get_storefront_for(request.user, slug)
    rows = [row_of(order) for order in parcels_in_trouble_in(storefront)]
    return render(request, "workspace/store_parcels.html", {"storefront": storefront, "rows": rows})


def _record(order: Order, form: NotDeliveredForm, request: CooperativeRequest) -> str:
    """What was done, in words."""
    reason = form.cleaned_data["what"]
    if reason == LOST:
        record_loss(order, by=request.user)
        return _("Order %(number)s is lost. We tell the buyer, who pays nothing.")
    if form.comes_again:
        record_missed_delivery(order, reason=reason, on=form.cleaned_data.get("on") or clock.today(), by=request.user)
        return _("Order %(number)s: kept. We tell the buyer that the carrier comes again.")
    record_refusal(order, reason=reason, by=request.user)
    return _("Order %(number)s: kept. The buyer pays nothing for it.")
