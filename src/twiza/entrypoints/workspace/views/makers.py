"""Who made a product, and the name that each of them gives to it or keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from twiza.domain.catalogue.selectors import get_product_for, maker_choices, maker_of
from twiza.domain.catalogue.services.naming_makers import (
    agree_to_be_named,
    ask_makers,
    choose_makers,
    makers_to_ask,
    stop_being_named,
)
from twiza.domain.directory.rules import belongs_to
from twiza.entrypoints.workspace.access import CooperativeRequest, for_cooperative, for_its_people
from twiza.entrypoints.workspace.screens import go, refuse, show
from twiza.kit.errors import DomainError, NotFound

if TYPE_CHECKING:
    from twiza.domain.catalogue.models import Product


@require_http_methods(["GET", "HEAD", "POST"])
@for_cooperative
def choose(request: CooperativeRequest, product_slug: str) -> HttpResponse:
    """Tap who made it. Nobody is named by that."""
    product = _product_of(request, product_slug)
    if request.method == "POST":
        typed = request.POST.getlist("person")
        if not all(one.isascii() and one.isdigit() and len(one) < 10 for one in typed):
            raise NotFound
        choose_makers(product, {int(one) for one in typed}, by=request.user)
        messages.success(request, _("%(product)s: saved.") % {"product": product.name})
        return go(request, "product_makers", product.slug)
    is_member = belongs_to(request.user, request.cooperative)
    return show(
        request,
        "product_makers.html",
        product=product,
        choices=maker_choices(product),
        to_ask=len(makers_to_ask(product)),
        is_member=is_member,
        mine=maker_of(request.cooperative, request.user) if is_member else None,
    )


@require_POST
@for_cooperative
def ask(request: CooperativeRequest, product_slug: str) -> HttpResponse:
    """Those who have not answered are asked by text."""
    product = _product_of(request, product_slug)
    try:
        number = ask_makers(product, by=request.user)
    except DomainError as refusal:
        refuse(request, refusal)
    else:
        told = ngettext("We ask %(number)s person by text.", "We ask %(number)s people by text.", number)
        messages.success(request, told % {"number": number})
    return go(request, "product_makers", product.slug)


@require_POST
@for_its_people
def say_mine(request: CooperativeRequest) -> HttpResponse:
    """The member's own first name, shown or not."""
    try:
        if "show" in request.POST:
            maker = agree_to_be_named(request.cooperative, by=request.user, first_name=request.POST.get("first_name", ""))
            messages.success(request, _("%(name)s: your first name is shown from now on.") % {"name": maker.first_name})
        else:
            stop_being_named(request.cooperative, by=request.user)
            messages.success(request, _("Your first name is on no page."))
    except DomainError as refusal:
        refuse(request, refusal)
    product_slug = request.POST.get("product", "")
    return go(request, "product_makers", _product_of(request, product_slug).slug) if product_slug else go(request, "people")


def _product_of(request: CooperativeRequest, slug: str) -> Product:
    product = get_product_for(request.user, slug)
    if product.cooperative_id != request.cooperative.pk:
        raise NotFound
    return product
