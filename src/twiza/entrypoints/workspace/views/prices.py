"""Prices: what everything costs, and one screen to change one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from twiza.domain.catalogue.forms import PriceForm
from twiza.domain.catalogue.rules import is_surprising_price
from twiza.domain.catalogue.services import set_price
from twiza.domain.catalogue.services.pricing_many import price_many
from twiza.domain.inventory.selectors import shelf_of
from twiza.domain.orders.selectors import least_orders_of
from twiza.domain.orders.services import ask_least_order
from twiza.entrypoints.ui.templatetags.ui import dirhams_text
from twiza.entrypoints.workspace.access import CooperativeRequest, for_cooperative
from twiza.entrypoints.workspace.coupon_forms import LeastOrderForm
from twiza.entrypoints.workspace.price_forms import ManyForm
from twiza.entrypoints.workspace.screens import go, show
from twiza.entrypoints.workspace.views.stock import variant_of
from twiza.kit.errors import DomainError
from twiza.kit.money import plain


@require_safe
@for_cooperative
def show_all(request: CooperativeRequest) -> HttpResponse:
    least = least_orders_of([request.cooperative.pk]).get(request.cooperative.pk, 0)
    return show(request, "prices.html", shelf=shelf_of(request.cooperative.pk), least_centimes=least)


@require_http_methods(["GET", "HEAD", "POST"])
@for_cooperative
def ask_least(request: CooperativeRequest) -> HttpResponse:
    """How much has to be ordered before a parcel is packed; empty for anything."""
    now = least_orders_of([request.cooperative.pk]).get(request.cooperative.pk, 0)
    form = LeastOrderForm(request.POST if request.method == "POST" else None, initial={"least": plain(now) if now else ""})
    if not form.is_valid():
        return show(request, "least_order.html", form=form)
    try:
        ask_least_order(request.cooperative, form.cleaned_data["least"], by=request.user)
    except DomainError as refusal:
        form.add_error("least", str(refusal))
        return show(request, "least_order.html", form=form)
    messages.success(request, _("Saved."))
    return go(request, "prices")


@require_http_methods(["GET", "HEAD", "POST"])
@for_cooperative
def change_for_many(request: CooperativeRequest, variant_id: int) -> HttpResponse:
    """What each costs when many are taken; all rows empty for the same price always."""
    variant = variant_of(request, variant_id)
    now: dict[str, object] = {}
    for row, (pieces, centimes) in enumerate(zip(variant.many_from, variant.many_centimes, strict=True), 1):
        now |= {f"pieces_{row}": pieces, f"price_{row}": plain(centimes)}
    form = ManyForm(request.POST if request.method == "POST" else None, initial=now)
    if not form.is_valid():
        return show(request, "price_for_many.html", variant=variant, form=form)
    try:
        price_many(variant, form.steps(), by=request.user)
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return show(request, "price_for_many.html", variant=variant, form=form)
    messages.success(request, _("Saved."))
    return go(request, "prices")


@require_http_methods(["GET", "HEAD", "POST"])
@for_cooperative
def change(request: CooperativeRequest, variant_id: int) -> HttpResponse:
    """A price that jumps is shown beside the old one and asked again, for this very amount."""
    variant = variant_of(request, variant_id)
    form = PriceForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return show(request, "price.html", variant=variant, form=form)
    was, becomes = variant.price_centimes, form.cleaned_data["price"]
    if is_surprising_price(was, becomes) and request.POST.get("sure") != str(becomes):
        return show(request, "price.html", variant=variant, form=form, asks_about=becomes)
    try:
        set_price(variant, becomes, by=request.user)
    except DomainError as refusal:
        form.add_error("price", str(refusal))
        return show(request, "price.html", variant=variant, form=form)
    told = {"product": variant.product.name, "was": dirhams_text(was), "becomes": dirhams_text(becomes)}
    messages.success(request, _("%(product)s: it was %(was)s, now it is %(becomes)s.") % told)
    return go(request, "prices")
