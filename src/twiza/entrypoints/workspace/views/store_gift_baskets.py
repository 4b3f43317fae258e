"""An operator's gift baskets: composing one, giving it another price, ending it."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from twiza.domain.storefronts.selectors import (
    gift_basket_in,
    gift_baskets_of,
    sizes_for_gift_baskets,
    trouble_of_gift_basket,
)
from twiza.domain.storefronts.services import compose_gift_basket, price_gift_basket, send_nothing_instead, stop_gift_basket
from twiza.entrypoints.workspace.gift_basket_forms import GiftBasketForm, GiftBasketPriceForm, parts_in, pieces_in
from twiza.entrypoints.workspace.views.stores import StoreRequest, for_its_manager
from twiza.kit import clock
from twiza.kit.errors import DomainError


@require_http_methods(["GET", "HEAD"])
@for_its_manager
def show_all(request: StoreRequest) -> HttpResponse:
    """Each with what is in it, whose share is how much, and who has agreed."""
    today = clock.today()
    gifts = [(gift, trouble_of_gift_basket(gift, today)) for gift in gift_baskets_of(request.storefront)]
    context = {"storefront": request.storefront, "gifts": gifts, "price_form": GiftBasketPriceForm()}
    return render(request, "workspace/store_gift_baskets.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_its_manager
def compose(request: StoreRequest) -> HttpResponse:
    """Its names and its price, and how many of each size; what was typed stays when something is refused."""
    form, typed = GiftBasketForm(request.POST or None), pieces_in(request.POST)
    if form.is_valid():
        try:
            gift = compose_gift_basket(request.storefront, form.details(parts_in(typed)), by=request.user)
        except forms.ValidationError as refusal:
            form.add_error(None, refusal)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(name)s: the cooperatives are asked for their yes.") % {"name": gift.name})
            return _back(request)
    sizes = [(size, typed.get(size.pk, "")) for size in sizes_for_gift_baskets(request.storefront)]
    context = {"storefront": request.storefront, "form": form, "sizes": sizes}
    return render(request, "workspace/store_gift_basket.html", context, status=400 if form.errors else 200)


@require_POST
@for_its_manager
def price(request: StoreRequest, gift: str) -> HttpResponse:
    """Another price; whoever's share changes is asked again."""
    found, form = gift_basket_in(request.storefront, gift), GiftBasketPriceForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(words) for words in form.errors["price"]))
        return _back(request)
    try:
        price_gift_basket(found, form.cleaned_data["price"], by=request.user)
        messages.success(request, _("Saved."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return _back(request)


@require_POST
@for_its_manager
def stop(request: StoreRequest, gift: str) -> HttpResponse:
    """Nobody orders it any more."""
    stop_gift_basket(gift_basket_in(request.storefront, gift), by=request.user)
    return _back(request)


@require_POST
@for_its_manager
def nothing_instead(request: StoreRequest, gift: str, component_id: int) -> HttpResponse:
    """Only what the operator put into it."""
    send_nothing_instead(gift_basket_in(request.storefront, gift), component_id, by=request.user)
    return _back(request)


def _back(request: StoreRequest) -> HttpResponse:
    return HttpResponseRedirect(reverse("workspace:store_gift_baskets", args=[request.storefront.slug]))
