"""The visitor's basket is remembered by a cookie with its token, and the count beside it spares every page a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from twiza.domain.orders.selectors import cart_of, cart_with, lines_in
from twiza.domain.orders.services import start_cart

if TYPE_CHECKING:
    from twiza.domain.orders.models import Cart

TOKEN, COUNT = "basket", "basket_count"
KEPT_SECONDS = 60 * 24 * 3600


def basket_token(request: HttpRequest) -> str:
    return request.COOKIES.get(TOKEN, "")[:64].replace("\x00", "")


def basket_count(request: HttpRequest) -> int:
    count = request.COOKIES.get(COUNT, "")
    return int(count) if count.isascii() and count.isdigit() and len(count) < 5 else 0


def current_cart(request: HttpRequest) -> Cart | None:
    """The basket this browser remembers; else, of somebody signed in, the one they filled on another telephone."""
    cart = cart_with(basket_token(request))
    if cart is None and request.user.is_authenticated:
        return cart_of(request.user)
    return cart


def cart_or_new(request: HttpRequest) -> Cart:
    buyer = request.user if request.user.is_authenticated else None
    return current_cart(request) or start_cart(language=get_language() or "fr", buyer=buyer)


def remember(response: HttpResponse, cart: Cart) -> HttpResponse:
    """The browser brings this basket back for two months."""
    _set(response, TOKEN, cart.token)
    _set(response, COUNT, str(lines_in(cart)))
    return response


def forget_count(response: HttpResponse) -> HttpResponse:
    """The basket became an order. Its token stays, so that a doubled click finds the order again."""
    response.delete_cookie(COUNT)
    return response


def forget_basket(response: HttpResponse) -> HttpResponse:
    """The telephone may be somebody else's: what one filled signed in goes with them, and comes back with them."""
    response.delete_cookie(TOKEN)
    return forget_count(response)


def _set(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(name, value, max_age=KEPT_SECONDS, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
