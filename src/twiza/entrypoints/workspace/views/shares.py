"""The gift baskets that hold something of a cooperative: her share of each, and her yes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from twiza.domain.storefronts.selectors import ShareAsked, shares_asked_of, sizes_to_send_instead
from twiza.domain.storefronts.services import agree_to_share, take_back_agreement
from twiza.entrypoints.workspace.access import CooperativeRequest, for_cooperative
from twiza.entrypoints.workspace.screens import go, refuse, show
from twiza.kit.errors import DomainError

if TYPE_CHECKING:
    from twiza.domain.catalogue.models import Variant
    from twiza.domain.storefronts.models import GiftBasketComponent

MOST_DIGITS = 9
INSTEAD = "instead-"


@require_http_methods(["GET", "HEAD"])
@for_cooperative
def show_all(request: CooperativeRequest) -> HttpResponse:
    """What she sends for each basket, what that costs by itself, and what she has for it."""
    shares = [_with_choices(asked) for asked in shares_asked_of(request.cooperative)]
    return show(request, "shares.html", shares=shares)


@require_POST
@for_cooperative
def agree(request: CooperativeRequest, gift_basket_id: int) -> HttpResponse:
    """Yes to the share that was read."""
    named = {
        _number(name.removeprefix(INSTEAD)): _number(str(size)) for name, size in request.POST.items() if name.startswith(INSTEAD)
    }
    instead = {component: size for component, size in named.items() if size}
    try:
        agree_to_share(
            request.cooperative, gift_basket_id, _number(request.POST.get("share", "")), by=request.user, instead=instead
        )
    except DomainError as refusal:
        refuse(request, refusal)
    return go(request, "shares")


@require_POST
@for_cooperative
def take_back(request: CooperativeRequest, gift_basket_id: int) -> HttpResponse:
    """Nobody orders it until she agrees again."""
    take_back_agreement(request.cooperative, gift_basket_id, by=request.user)
    return go(request, "shares")


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= MOST_DIGITS else 0


def _with_choices(asked: ShareAsked) -> tuple[ShareAsked, list[tuple[GiftBasketComponent, list[Variant]]]]:
    """With what may be sent in the place of each of its parts; what was named stays while it is asked again."""
    sizes = {} if asked.is_agreed else sizes_to_send_instead(asked)
    return asked, [(component, sizes.get(component.pk, [])) for component in asked.components]
