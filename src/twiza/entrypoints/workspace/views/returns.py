"""What buyers send back: a cooperative answers, receives and refunds; an operator sees what takes too long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from twiza.domain.aftersales.forms import RefundForm, RejectReturnForm
from twiza.domain.aftersales.rules import is_given_back_by_the_market
from twiza.domain.aftersales.selectors import return_to, returns_from, returns_to
from twiza.domain.aftersales.services import approve_return, receive_return, record_refund_of, reject_return
from twiza.domain.orders.forms import TakeBackForm
from twiza.domain.storefronts.selectors import get_storefront_for
from twiza.entrypoints.workspace.access import CooperativeRequest, SignedInRequest, for_cooperative, for_seller, signed_in
from twiza.entrypoints.workspace.screens import go, refuse, show
from twiza.kit import clock
from twiza.kit.errors import DomainError, NotFound

if TYPE_CHECKING:
    from twiza.domain.aftersales.models import Return


@require_safe
@for_cooperative
def show_all(request: CooperativeRequest) -> HttpResponse:
    """What comes back, what is to be done first."""
    return show(request, "returns.html", returns=returns_to(request.cooperative), today=clock.today())


@require_safe
@for_seller
def show_one(request: CooperativeRequest, return_id: int) -> HttpResponse:
    """What it is, and the next thing to do with it."""
    returned = return_to(request.cooperative, return_id)
    return show(request, "return.html", returned=returned, form=RefundForm(), today=clock.today())


@require_POST
@for_seller
def approve(request: CooperativeRequest, return_id: int) -> HttpResponse:
    returned = return_to(request.cooperative, return_id)
    try:
        approve_return(returned, by=request.user)
        messages.success(request, _("We tell the buyer where to send it."))
    except DomainError as refusal:
        refuse(request, refusal)
    return go(request, "return", return_id)


@require_http_methods(["GET", "HEAD", "POST"])
@for_seller
def reject(request: CooperativeRequest, return_id: int) -> HttpResponse:
    """Asks why on a page of its own: the buyer reads it."""
    returned = return_to(request.cooperative, return_id)
    form = RejectReturnForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return show(request, "return_reject.html", returned=returned, form=form)
    try:
        reject_return(returned, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("We tell the buyer why you do not accept it."))
    except DomainError as refusal:
        refuse(request, refusal)
    return go(request, "return", return_id)


@require_http_methods(["GET", "HEAD", "POST"])
@for_seller
def receive(request: CooperativeRequest, return_id: int) -> HttpResponse:
    """Asks how much of it may be sold again. What cannot be is kept on the screen and asked again."""
    returned = return_to(request.cooperative, return_id)
    pieces = [(one.line, one.quantity) for one in returned.lines.all()]
    form = TakeBackForm(request.POST if request.method == "POST" else None, pieces=pieces)
    if form.is_valid():
        try:
            receive_return(returned, form.sellable(), reason=form.cleaned_data["reason"], by=request.user)
        except NotFound:
            raise
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _what_is_next(returned))
            return go(request, "return", return_id)
    return show(request, "return_receive.html", returned=returned, form=form)


@require_POST
@for_seller
def say_refunded(request: CooperativeRequest, return_id: int) -> HttpResponse:
    """Says how the money was given back; the buyer is told."""
    returned = return_to(request.cooperative, return_id)
    form = RefundForm(request.POST)
    if not form.is_valid():
        return show(request, "return.html", returned=returned, form=form, today=clock.today())
    try:
        record_refund_of(returned, how=form.cleaned_data["how"], by=request.user)
        messages.success(request, _("It is kept: the buyer has the money back. We tell them."))
    except DomainError as refusal:
        refuse(request, refusal)
    return go(request, "return", return_id)


@require_safe
@signed_in
def show_from_storefront(request: SignedInRequest, slug: str) -> HttpResponse:
    """An operator reads which buyers wait for their money, the most urgent first."""
    storefront = get_storefront_for(request.user, slug)
    returns = returns_from(storefront)
    return render(request, "workspace/store_returns.html", {"storefront": storefront, "returns": returns, "today": clock.today()})


def _what_is_next(returned: Return) -> str:
    if is_given_back_by_the_market(returned.order):
        return _("It is back, and the stock is right again. The market gives the money back.")
    return _("It is back, and the stock is right again. Now give the money back.")
