"""A past order, once more."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from twiza.domain.orders.selectors import group_by_token
from twiza.domain.orders.services import OrderedAgain, order_again
from twiza.entrypoints.ui.templatetags.ui import dirhams_text
from twiza.entrypoints.web.basket_cookie import cart_or_new, remember
from twiza.kit.errors import NotFound


@require_POST
def put_in_again(request: HttpRequest, token: str) -> HttpResponse:
    """To the basket with all of it; what is gone or dearer is said there."""
    try:
        group = group_by_token(token)
    except NotFound as missing:
        raise Http404 from missing
    cart = cart_or_new(request)
    say_what_changed(request, order_again(group, cart))
    return remember(redirect("web:basket"), cart)


def say_what_changed(request: HttpRequest, told: OrderedAgain) -> None:
    """What is not in the basket again, and what costs more than it did."""
    for line, refusal in told.missing:
        messages.warning(
            request, _("Not in your basket: %(product)s. %(why)s") % {"product": line.part_of or line.name, "why": refusal}
        )
    for line in told.dearer:
        facts = {
            "product": line.name,
            "now": dirhams_text(line.variant.price_for(line.quantity)),
            "before": dirhams_text(line.price_centimes),
        }
        messages.info(request, _("%(product)s costs %(now)s now; it was %(before)s.") % facts)
