"""A buyer changed their mind: what goes back, from the order's own page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from twiza.domain.aftersales.forms import AskReturnForm
from twiza.domain.aftersales.selectors import return_offers
from twiza.domain.aftersales.services import ask_return
from twiza.domain.delivery.selectors import points_to_bring_to
from twiza.entrypoints.web.behind_links import order_behind
from twiza.kit.errors import DomainError

if TYPE_CHECKING:
    pass


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def send_back(request: HttpRequest, token: str, cooperative: str) -> HttpResponse:
    """Everything that may go back is chosen already: one tap, and no reason is asked for."""
    order = order_behind(token, cooperative)
    offer = return_offers([order]).get(order.pk)
    if offer is None:
        messages.error(request, _("Nothing of this parcel can be sent back now."))
        return redirect("web:order", token=token)
    form = AskReturnForm(request.POST if request.method == "POST" else None, lines=offer.lines)
    if form.is_valid():
        try:
            ask_return(order, form.pieces())
            messages.success(request, _("It is noted. %(name)s is told.") % {"name": order.seller_name})
        except DomainError as refusal:
            messages.error(request, str(refusal))
        return redirect("web:order", token=token)
    points = points_to_bring_to([order.cooperative_id]).get(order.cooperative_id, [])
    known = {"order": order, "group": order.group, "offer": offer, "form": form, "points": points}
    return render(request, "web/orders/return.html", known)
