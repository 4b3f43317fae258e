"""The gift baskets that hold something of a cooperative: her share of each, and her yes."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from twiza.domain.storefronts.selectors import shares_asked_of
from twiza.domain.storefronts.services import agree_to_share, take_back_agreement
from twiza.entrypoints.workspace.access import CooperativeRequest, for_cooperative
from twiza.entrypoints.workspace.screens import go, refuse, show
from twiza.kit.errors import DomainError

MOST_DIGITS = 9


@require_http_methods(["GET", "HEAD"])
@for_cooperative
def show_all(request: CooperativeRequest) -> HttpResponse:
    """What she sends for each basket, what that costs by itself, and what she has for it."""
    return show(request, "shares.html", shares=shares_asked_of(request.cooperative))


@require_POST
@for_cooperative
def agree(request: CooperativeRequest, gift_basket_id: int) -> HttpResponse:
    """Yes to the share that was read."""
    typed = request.POST.get("share", "")
    read = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= MOST_DIGITS else 0
    try:
        agree_to_share(request.cooperative, gift_basket_id, read, by=request.user)
    except DomainError as refusal:
        refuse(request, refusal)
    return go(request, "shares")


@require_POST
@for_cooperative
def take_back(request: CooperativeRequest, gift_basket_id: int) -> HttpResponse:
    """Nobody orders it until she agrees again."""
    take_back_agreement(request.cooperative, gift_basket_id, by=request.user)
    return go(request, "shares")
