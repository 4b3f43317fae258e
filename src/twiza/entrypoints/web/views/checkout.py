"""From basket to order in two steps: who and where; then how, with everything the law wants shown before one buys."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from twiza.domain.directory.selectors.identity import registrations_of
from twiza.domain.orders.errors import AddressMissing, BasketOrdered, EmptyCart, PromiseChanged, TotalChanged
from twiza.domain.orders.forms import AddressForm, GiverAbroadForm
from twiza.domain.orders.rules import PAY_WITHIN, TRANSFER, is_paid_at_the_door, pay_within
from twiza.domain.orders.selectors import Basket, basket_of, completed_cart_with, lines_in
from twiza.domain.orders.selectors.free_delivery import saying_what_is_free
from twiza.domain.orders.selectors.joined import joined_offer
from twiza.domain.orders.selectors.together import all_together, together_offers
from twiza.domain.orders.services import Address, begin_checkout, choose_deliveries, choose_payment, keep_address, place_order
from twiza.domain.payments.errors import ProviderNotOffered
from twiza.domain.payments.selectors import providers
from twiza.entrypoints.web.basket_cookie import basket_token, current_cart, forget_count
from twiza.entrypoints.web.views.basket import is_number, read_quantity
from twiza.entrypoints.web.views.paying import go_and_pay
from twiza.kit.countries import HOME
from twiza.kit.errors import DomainError
from twiza.kit.phone import shown_phone

if TYPE_CHECKING:
    from twiza.domain.orders.models import Cart
    from twiza.domain.storefronts.models import Storefront

CHOICE = "delivery-"
TOGETHER = "together"


def ask_address(request: HttpRequest) -> HttpResponse:
    cart = current_cart(request)
    if cart is None or not lines_in(cart):
        return redirect("web:basket")
    asked = GiverAbroadForm if cart.is_for_another and cart.buyer_country != HOME else AddressForm
    form = asked(request.POST) if request.method == "POST" else asked(initial=_known(request, cart))
    if form.is_bound and form.is_valid() and form.commune is not None:
        given = form.cleaned_data
        where = (form.commune, given["landmark"], given["note"])
        keep_address(cart, Address(given["name"], given["phone"], *where, given.get("email", "")), language=_language())
        return _keep_and_go_on(request, cart)
    return render(request, "web/checkout/address.html", {"form": form, "cart": cart}, status=400 if form.is_bound else 200)


def _keep_and_go_on(request: HttpRequest, cart: Cart) -> HttpResponse:
    """What is in the basket is kept for another quarter of an hour: whoever types slowly loses nothing by it."""
    try:
        begin_checkout(cart)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("web:basket")
    return redirect("web:checkout-confirm")


def confirm(request: HttpRequest) -> HttpResponse:
    """The summary, and the one button that orders. Doubled, late or changed meanwhile: nobody pays what they did not see."""
    cart = current_cart(request) or completed_cart_with(basket_token(request))
    if cart is None:
        return redirect("web:basket")
    if request.method != "POST":
        return redirect("web:order", cart.order_group.token) if cart.completed_at else _summary(request, cart)
    choices = _choices(request)
    if cart.completed_at is None:
        _choose_payment(request, cart)
        if request.POST.get(TOGETHER):
            choices |= all_together(basket_of(cart), request.POST[TOGETHER])
        if choices:
            choose_deliveries(cart, choices)
    if "order" not in request.POST:
        return redirect("web:checkout-confirm")
    return _order(request, cart, choices)


def _order(request: HttpRequest, cart: Cart, choices: Mapping[int, str]) -> HttpResponse:
    buyer = request.user if request.user.is_authenticated else None
    try:
        group = place_order(
            cart,
            expected_total_centimes=read_quantity(request.POST.get("expected_total")) or 0,
            expected_promises=request.POST.get("expected_promises"),
            buyer=buyer,
            choices=choices,
        )
    except (TotalChanged, PromiseChanged) as refusal:
        return _summary(request, cart, refusal)
    except AddressMissing:
        return redirect("web:checkout")
    except EmptyCart:
        return redirect("web:basket")
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("web:basket")
    return forget_count(go_and_pay(request, group))


def _choose_payment(request: HttpRequest, cart: Cart) -> None:
    """A way that is not there any more is said when the order is placed."""
    chosen = request.POST.get("pay_with", "")
    if chosen and chosen != cart.pay_with:
        with suppress(ProviderNotOffered, BasketOrdered):
            choose_payment(cart, chosen)


def _summary(request: HttpRequest, cart: Cart, refusal: DomainError | None = None) -> HttpResponse:
    if cart.commune is None:
        return redirect("web:checkout")
    basket = saying_what_is_free(basket_of(cart))
    if not basket.packages:
        return redirect("web:basket")
    context = {
        "cart": cart,
        "phone": shown_phone(cart.recipient_phone or cart.buyer_phone),
        "pays_at_the_door": is_paid_at_the_door(basket.pay_with),
        "payments": [provider for provider in providers() if provider.code in basket.payments],
        "pays_by_transfer": basket.pay_with == TRANSFER,
        "minutes": PAY_WITHIN.seconds // 60,
        "days": pay_within(TRANSFER).days,
        "basket": basket,
        "together": together_offers(basket),
        "joined": joined_offer(basket),
        "registrations": registrations_of(package.cooperative.pk for package in basket.packages),
        "unreachable": [package.cooperative for package in basket.packages if package.chosen is None],
        "withdrawal": _withdrawal_words(basket),
        "storefronts": _storefronts_of(basket),
        "refusal": refusal,
    }
    return render(request, "web/checkout/confirm.html", context, status=409 if refusal else 200)


def _storefronts_of(basket: Basket) -> list[Storefront]:
    """Those of operators through which something is bought: each has its own conditions."""
    each = {line.storefront.pk: line.storefront for line in basket.lines if not line.storefront.shows_everything}
    return sorted(each.values(), key=lambda storefront: storefront.slug)


def _withdrawal_words(basket: Basket) -> list[str]:
    """What may be sent back and what may not, named line by line when they differ."""
    kept = [line.product.name for line in basket.lines if not line.product.is_returnable]
    words = [
        _("You may change your mind within 7 days of receiving: you send it back at your cost and are refunded within 15 days.")
    ]
    if kept:
        words.append(
            _("Not to be returned, because it perishes or is made for you: %(products)s.") % {"products": ", ".join(kept)}
        )
    return words


def _choices(request: HttpRequest) -> dict[int, str]:
    return {
        int(name[len(CHOICE) :]): str(code)[:40].replace("\x00", "")
        for name, code in request.POST.items()
        if name.startswith(CHOICE) and is_number(name[len(CHOICE) :])
    }


def _known(request: HttpRequest, cart: Cart) -> dict[str, Any]:
    """What the buyer told us before, in this basket or as somebody signed in."""
    person = request.user if request.user.is_authenticated else None
    return {
        "name": cart.buyer_name or (person.name if person else ""),
        "phone": shown_phone(cart.buyer_phone or (person.phone if person and person.phone else "")),
        "email": cart.buyer_email or (person.email if person and person.email else ""),
        "place": cart.commune.name if cart.commune else "",
        "landmark": cart.landmark,
        "note": cart.note,
    }


def _language() -> str:
    return get_language() or "fr"
