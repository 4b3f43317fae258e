"""A cooperative has only a part of an order: it says how many of each, and the buyer chooses."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from twiza.domain.orders.selectors import order_of_cooperative
from twiza.domain.orders.services import offer_part
from twiza.entrypoints.workspace.access import CooperativeRequest, for_seller
from twiza.entrypoints.workspace.order_cards import card_of
from twiza.entrypoints.workspace.part_forms import PartForm
from twiza.entrypoints.workspace.screens import go, show
from twiza.kit.errors import DomainError, NotFound


@require_http_methods(["GET", "HEAD", "POST"])
@for_seller
def offer(request: CooperativeRequest, number: str) -> HttpResponse:
    """Asks how many of each, from none to all; what cannot be is kept on the screen and asked again."""
    order = order_of_cooperative(request.cooperative, number)
    form = PartForm(request.POST if request.method == "POST" else None, lines=order.lines.all())
    if form.is_valid():
        try:
            offer_part(order, form.pieces(), by=request.user)
        except NotFound:
            raise
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Order %(number)s: we ask the buyer.") % {"number": number})
            return go(request, "order", number)
    return show(request, "order_part.html", card=card_of(order), form=form)
