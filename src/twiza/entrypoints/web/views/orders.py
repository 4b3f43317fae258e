"""The buyer's page, behind a link that nobody can guess."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from twiza.domain.aftersales.selectors import complaints_of, lines_to_complain_of, return_offers, returns_of
from twiza.domain.delivery.selectors import points_to_bring_to
from twiza.domain.invoicing.selectors import may_be_named, name_asked_for, papers_of
from twiza.domain.orders.rules import missed_days, news_to_tell
from twiza.domain.orders.selectors import group_by_token, groups_of, lots_sent_in, may_pay_at_the_door
from twiza.domain.orders.services import confirm_with_code
from twiza.domain.payments.selectors import is_captured, latest_attempt_for, refunds_for, transfer_slip_for
from twiza.domain.reviews.selectors import reviews_in
from twiza.entrypoints.web.views.basket import read_quantity
from twiza.kit.errors import DomainError, NotFound
from twiza.kit.phone import masked_phone

if TYPE_CHECKING:
    from twiza.domain.orders.models import Order, OrderGroup
    from twiza.foundation.accounts.models import User


@dataclass(frozen=True)
class ShownStep:
    name: str
    state: str
    detail: str = ""
    icon: str = ""


@dataclass(frozen=True)
class Stage:
    """A step of the way: what it is called once done, and while it is waited for."""

    what: str
    name: str
    waiting: str
    icon: str


@never_cache
def show_order(request: HttpRequest, token: str) -> HttpResponse:
    group = _group(token)
    orders = group.orders.all()
    lots, offers, returns = lots_sent_in(orders), return_offers(orders), returns_of(orders)
    points = points_to_bring_to(order.cooperative_id for order in orders if order.pk in returns)
    complaints, may_complain = complaints_of(orders), lines_to_complain_of(orders)
    reviews, papers = reviews_in(orders), papers_of(orders)
    context = {
        "group": group,
        "parts": [
            {
                "order": order,
                "steps": steps_of(order),
                "lots": lots[order.pk],
                "news": news_to_tell(order.fulfilment),
                "offer": offers.get(order.pk),
                "returns": returns.get(order.pk, []),
                "points": points.get(order.cooperative_id, []) if order.pk in returns else [],
                "complaints": complaints.get(order.pk, []),
                "may_complain": order.pk in may_complain,
                "reviews": reviews.get(order.pk, []),
                "papers": papers.get(order.pk, []),
            }
            for order in orders
        ],
        "phone": masked_phone(group.buyer_phone),
        "may_be_named": may_be_named(group),
        "invoice_name": name_asked_for(group),
        **_money_of(group),
    }
    return render(request, "web/orders/order.html", context)


def _money_of(group: OrderGroup) -> dict[str, object]:
    """What the page says of an order that is paid first: whether it is, what the bank said last, what goes back."""
    if not group.is_paid_first:
        return {}
    waits = group.status == "unpaid"
    return {
        "is_captured": waits and is_captured(group.payment_reference),
        "slip": transfer_slip_for(group.payment_reference) if waits and group.is_paid_by_transfer else None,
        "attempt": latest_attempt_for(group.payment_reference) if waits else None,
        "may_pay_cash": waits and may_pay_at_the_door(group),
        "refunds": refunds_for(group.payment_reference),
    }


@never_cache
@login_required
def list_orders(request: HttpRequest) -> HttpResponse:
    """Whoever proved a phone finds the orders made with it, without having kept any link."""
    return render(request, "web/orders/list.html", {"groups": groups_of(cast("User", request.user))})


@require_POST
def confirm_order(request: HttpRequest, token: str) -> HttpResponse:
    """The code of the text message, typed on the page."""
    typed = read_quantity(request.POST.get("code"))
    try:
        confirm_with_code(_group(token), "" if typed is None else f"{typed:04d}")
        messages.success(request, _("Thank you, your order is confirmed."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("web:order", token=token)


def steps_of(order: Order) -> list[ShownStep]:
    """What happened and what comes, for one cooperative's part."""
    done = {step.what: step.at for step in order.steps.all()}
    if "declined" in done or "unanswered" in done:
        return [
            _done(_("Ordered"), done["placed"]),
            ShownStep(_("The cooperative cannot supply it"), "refused", order.decline_reason),
        ]
    if "unconfirmed" in done:
        return [_done(_("Ordered"), done["placed"]), ShownStep(_("Not confirmed in time: it is not sent"), "refused")]
    if order.status == "declined":
        why = _("You did not want a part of it") if "left" in done else _("You did not answer in time")
        return [_done(_("Ordered"), done["placed"]), ShownStep(why, "refused")]
    if "unpaid" in done:
        return [
            _done(_("Ordered"), done["placed"]),
            ShownStep(_("Not paid: nothing is taken"), "refused", _moment(done["unpaid"])),
        ]
    if order.status == "undelivered":
        return _steps_of_undelivered(order, done)
    way = _way_of(order, is_fetched=order.fulfilment.is_fetched)
    if order.status == "offered":
        way[1] = replace(way[1], waiting=_("Waiting for your choice"))
    last = max((place for place, stage in enumerate(way) if stage.what in done), default=0)
    return [_shown(stage, done.get(stage.what), place - last) for place, stage in enumerate(way)]


def _way_of(order: Order, *, is_fetched: bool) -> list[Stage]:
    missed = missed_days(order.fulfilment)
    arriving = _("Could not be given to you: the carrier comes again") if missed else _("On its way")
    return [
        Stage("placed", _("Ordered"), "", "basket"),
        *([Stage("paid", _("Paid"), _("Waiting for your payment"), "cash")] if order.group.is_paid_first else []),
        Stage("accepted", _("Accepted"), _("Waiting for the cooperative's answer"), "check"),
        Stage("ready", _("Ready to be fetched") if is_fetched else _("Packed"), _("Being prepared"), "box"),
        *([] if is_fetched else [Stage("handed_over", _("Sent"), _("Waiting for the carrier"), "truck")]),
        Stage("delivered", _("In your hands"), _("Waiting for you") if is_fetched else arriving, "home"),
    ]


def _steps_of_undelivered(order: Order, done: Mapping[str, datetime]) -> list[ShownStep]:
    """It ends before the door: nobody took it, or it is lost."""
    gone = [_done(stage.name, done[stage.what]) for stage in _way_of(order, is_fetched=False) if stage.what in done]
    if "refused" in done:
        gone.append(ShownStep(_("Not taken: it goes back to the cooperative"), "refused", _moment(done["refused"])))
        if "returned" in done:
            gone.append(_done(_("Back at the cooperative"), done["returned"]))
    else:
        gone.append(ShownStep(_("The parcel is lost"), "refused", _moment(done.get("lost"))))
    return gone


def _shown(stage: Stage, at: datetime | None, ahead: int) -> ShownStep:
    """`ahead` of the last thing that happened: 0 and less is done, 1 is what everybody waits for."""
    if ahead <= 0:
        return _done(stage.name, at)
    return ShownStep(stage.waiting, "now") if ahead == 1 else ShownStep(stage.name, "next", icon=stage.icon)


def _done(name: str, at: datetime | None) -> ShownStep:
    return ShownStep(name, "done", _moment(at))


def _moment(at: datetime | None) -> str:
    return date_format(localtime(at), "j F H:i") if at else ""


def _group(token: str) -> OrderGroup:
    try:
        return group_by_token(token)
    except NotFound as missing:
        raise Http404 from missing
