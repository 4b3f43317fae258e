"""The buyer's page, behind a link that nobody can guess."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from twiza.domain.orders.selectors import group_by_token
from twiza.domain.orders.services import confirm_with_code
from twiza.entrypoints.web.views.basket import read_quantity
from twiza.kit.errors import DomainError, NotFound
from twiza.kit.phone import masked_phone

if TYPE_CHECKING:
    from twiza.domain.orders.models import Order, OrderGroup


@dataclass(frozen=True)
class ShownStep:
    name: str
    state: str
    detail: str = ""
    icon: str = ""


@never_cache
def show_order(request: HttpRequest, token: str) -> HttpResponse:
    group = _group(token)
    context = {
        "group": group,
        "parts": [{"order": order, "steps": steps_of(order)} for order in group.orders.all()],
        "phone": masked_phone(group.buyer_phone),
    }
    return render(request, "web/orders/order.html", context)


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
    if "declined" in done:
        return [
            _done(_("Ordered"), done["placed"]),
            ShownStep(_("The cooperative cannot supply it"), "refused", order.decline_reason),
        ]
    fetched = order.fulfilment.is_fetched
    way = [
        ("placed", _("Ordered"), "basket"),
        ("accepted", _("Accepted"), "check"),
        ("ready", _("Ready to be fetched") if fetched else _("Packed"), "box"),
        *([] if fetched else [("handed_over", _("On its way"), "truck")]),
        ("delivered", _("In your hands"), "home"),
    ]
    last = max((place for place, (what, _name, _icon) in enumerate(way) if what in done), default=0)
    return [
        _done(name, done.get(what)) if place <= last else ShownStep(name, "now" if place == last + 1 else "next", icon=icon)
        for place, (what, name, icon) in enumerate(way)
    ]


def _done(name: str, at: datetime | None) -> ShownStep:
    return ShownStep(name, "done", date_format(localtime(at), "j F, H:i") if at else "")


def _group(token: str) -> OrderGroup:
    try:
        return group_by_token(token)
    except NotFound as missing:
        raise Http404 from missing
