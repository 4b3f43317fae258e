"""The page of a gift basket, and putting it into one's basket."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from twiza.domain.orders.selectors import lines_of_gift
from twiza.domain.orders.services import put_gift_basket_in_cart, refuse_gift_basket
from twiza.domain.storefronts.selectors import gift_basket_in, storefront_with
from twiza.entrypoints.web.basket_cookie import cart_or_new, remember
from twiza.entrypoints.web.own_host import store_here
from twiza.entrypoints.web.own_pages import from_our_own_pages
from twiza.entrypoints.web.structured_data import gift_basket_data
from twiza.entrypoints.web.views.basket import asked_quantity, read_quantity
from twiza.entrypoints.web.visiting import storefront_for, unless_closed
from twiza.kit.errors import DomainError, NotFound

if TYPE_CHECKING:
    from twiza.domain.storefronts.models import GiftBasket


@unless_closed()
def show_gift_basket(request: HttpRequest, store: str, slug: str) -> HttpResponse:
    """What is in it, who makes and sends each part, and what it costs; or why it cannot be had today."""
    storefront = storefront_for(request, store)
    try:
        gift = gift_basket_in(storefront, slug)
    except NotFound as refusal:
        raise Http404 from refusal
    if gift.stopped_at is not None:
        raise Http404
    trouble, lines = _trouble_with(gift), lines_of_gift(gift)
    context = {
        "storefront": storefront,
        "store": store,
        "gift": gift,
        "lines": lines,
        "trouble": trouble,
        "by_itself_centimes": sum(line.total_centimes for line in lines),
        "senders": len({line.product.cooperative_id for line in lines}),
        "quantity": read_quantity(request.GET.get("quantity")) or 1,
        "structured": gift_basket_data(gift, store, is_there=trouble is None),
    }
    return render(request, "web/shop/gift_basket.html", context)


@csrf_exempt  # as with a product: a token would make the page one visitor's own
@require_POST
@from_our_own_pages
def put_in(request: HttpRequest) -> HttpResponse:
    """So many of it go into the basket; the visitor stays where they were. − and + only count."""
    store, slug = store_here() or request.POST.get("store", ""), request.POST.get("gift", "").replace("\x00", "")[:80]
    try:
        storefront = storefront_with(store)
        gift = gift_basket_in(storefront, slug)
    except DomainError as refusal:
        raise Http404 from refusal
    here = reverse("web:store-gift-basket", args=[storefront.slug, gift.slug])
    step = {"more": 1, "less": -1}.get(request.POST.get("quantity_step", ""), 0)
    if step:
        return redirect(f"{here}?quantity={max(1, (read_quantity(request.POST.get('quantity')) or 1) + step)}")
    cart = cart_or_new(request)
    try:
        put_gift_basket_in_cart(cart, storefront, gift.slug, asked_quantity(request.POST.get("quantity", "1")))
        messages.success(request, _("It is in your basket."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return remember(redirect(here), cart)


def _trouble_with(gift: GiftBasket) -> DomainError | None:
    try:
        refuse_gift_basket(gift)
    except DomainError as refusal:
        return refusal
    return None
