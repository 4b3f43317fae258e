"""A cooperative has only a part of what was ordered: the buyer takes it, or leaves it, from the order's own page."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from twiza.domain.orders.selectors import group_by_token, offer_in
from twiza.domain.orders.services import leave_part, take_part
from twiza.kit.errors import DomainError, NotFound

YES, NO = "yes", "no"


@require_POST
def answer(request: HttpRequest, token: str, cooperative: str) -> HttpResponse:
    """Yes takes what there is, no cancels this cooperative's part. Said twice or too late, the page says so."""
    said = request.POST.get("answer")
    try:
        offer = offer_in(group_by_token(token), cooperative)
    except NotFound as missing:
        raise Http404 from missing
    if said not in {YES, NO}:
        return redirect("web:order", token=token)
    try:
        if said == YES:
            order = take_part(offer)
            messages.success(request, _("Thank you. %(name)s prepares what there is.") % {"name": order.seller_name})
        else:
            order = leave_part(offer)
            messages.success(request, _cancelled_words(order.group.is_paid_first) % {"name": order.seller_name})
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("web:order", token=token)


def _cancelled_words(is_paid_first: bool) -> str:
    if is_paid_first:
        return _("The part of %(name)s is cancelled. Its money is given back to you through the bank.")
    return _("The part of %(name)s is cancelled. You do not pay for it.")
