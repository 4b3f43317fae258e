"""The basket: looking at it, putting in, taking out."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from twiza.domain.orders.errors import QuantityUnreadable
from twiza.domain.orders.selectors import basket_of, completed_cart_with
from twiza.domain.orders.selectors.free_delivery import saying_what_is_free
from twiza.domain.orders.services import begin_checkout, drop_coupon, put_in_cart, set_gift_baskets, set_quantities, use_coupon
from twiza.domain.storefronts.selectors import storefront_with
from twiza.entrypoints.web.basket_cookie import basket_token, cart_or_new, current_cart, remember
from twiza.entrypoints.web.own_host import store_here
from twiza.entrypoints.web.own_pages import from_our_own_pages
from twiza.entrypoints.web.visiting import open_storefront
from twiza.kit.errors import DomainError

if TYPE_CHECKING:
    from twiza.domain.orders.models import Cart
    from twiza.domain.storefronts.models import Storefront

DOUBLE_CLICK = timedelta(seconds=2)
MOST_DIGITS = 9
MOST_TYPED = 60


def show_basket(request: HttpRequest) -> HttpResponse:
    cart = current_cart(request)
    ordered = None if cart else completed_cart_with(basket_token(request))
    context = {
        "basket": saying_what_is_free(basket_of(cart)) if cart else None,
        "ordered": ordered.order_group if ordered else None,
    }
    response = render(request, "web/basket/basket.html", context)
    return remember(response, cart) if cart else response


@csrf_exempt  # a token would make every product's page one visitor's own
@require_POST
@from_our_own_pages
def put_in(request: HttpRequest) -> HttpResponse:
    """So many of a product go into the basket; the visitor stays where they were. − and + only count."""
    variant, step = read_quantity(request.POST.get("variant")) or 0, _step(request, "quantity")
    if step:
        counted = max(1, (read_quantity(request.POST.get("quantity")) or 1) + step)
        return redirect(f"{resolve_url(_back(request))}?variant={variant}&quantity={counted}")
    cart = cart_or_new(request)
    try:
        put_in_cart(
            cart,
            variant,
            asked_quantity(request.POST.get("quantity", "1")),
            _storefront_at(request.POST.get("store", "")),
            once_within=DOUBLE_CLICK,
        )
        messages.success(request, _("It is in your basket."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return remember(redirect(_back(request)), cart)


@require_POST
def change(request: HttpRequest) -> HttpResponse:
    """New quantities, or on to the checkout: the same form has both buttons, so nothing typed is lost."""
    cart = current_cart(request)
    if cart is None:
        return redirect("web:basket")
    try:
        set_quantities(cart, _wanted(request), _shown(request))
        set_gift_baskets(cart, _wanted(request, "gift-"), _shown(request, "gift-price-"))
        _change_coupon(request, cart)
        if "checkout" in request.POST:
            begin_checkout(cart)
            return remember(redirect("web:checkout"), cart)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return remember(redirect("web:basket"), cart)


def read_quantity(text: str | None) -> int | None:
    """The whole number somebody typed, in Western or Arabic digits; None when it is not one. Past a billion, a billion."""
    typed = (text or "").strip()
    if not typed.isdecimal():
        return None
    return int(typed) if len(typed) <= MOST_DIGITS else 10**MOST_DIGITS


def is_number(key: str) -> bool:
    """Whether what a field is called ends in a number that something of ours may have."""
    return key.isascii() and key.isdigit() and len(key) <= MOST_DIGITS


def asked_quantity(text: str, *, may_be_none: bool = False) -> int:
    """How many somebody wants; none only where that takes a line out. Raises QuantityUnreadable, with what was typed."""
    quantity = read_quantity(text)
    if quantity is None or (quantity == 0 and not may_be_none):
        raise QuantityUnreadable(typed=text.replace("\x00", "").strip()[:20])
    return quantity


def _wanted(request: HttpRequest, prefix: str = "quantity-") -> dict[int, int]:
    """Variant by variant, or gift basket by gift basket, what the form asks for; a line taken out may hold anything.

    Raises QuantityUnreadable."""
    removed = request.POST.get("remove_gift" if prefix == "gift-" else "remove", "")
    asked = {name.removeprefix(prefix): str(text) for name, text in request.POST.items() if name.startswith(prefix)}
    return {
        int(key): 0 if key == removed else asked_quantity(typed, may_be_none=True) + _step(request, f"{prefix}{key}")
        for key, typed in asked.items()
        if is_number(key)
    }


def _change_coupon(request: HttpRequest, cart: Cart) -> None:
    """The one typed is used, whichever button sent it. Raises CouponUnknown and what else speaks against it."""
    typed = request.POST.get("coupon", "").replace("\x00", "").strip()[:MOST_TYPED]
    if "drop_coupon" in request.POST:
        drop_coupon(cart)
    elif typed:
        use_coupon(cart, typed)


def _shown(request: HttpRequest, prefix: str = "price-") -> dict[int, int]:
    """Variant by variant, or gift basket by gift basket, the price in centimes that the page showed."""
    told = {name.removeprefix(prefix): read_quantity(str(text)) for name, text in request.POST.items() if name.startswith(prefix)}
    return {int(name): price for name, price in told.items() if price is not None and is_number(name)}


def _step(request: HttpRequest, name: str) -> int:
    return {"more": 1, "less": -1}.get(request.POST.get(f"{name}_step", ""), 0)


def _storefront_at(store: str) -> Storefront:
    """Where it is bought: the market when no storefront is named; on a storefront's own host nowhere else.

    Raises NotFound, StorefrontClosed.
    """
    store = store_here() or store
    return storefront_with(store) if store else open_storefront("")


def _back(request: HttpRequest) -> str:
    here = request.POST.get("here", "")
    return here if url_has_allowed_host_and_scheme(here, allowed_hosts=None) else "web:basket"
