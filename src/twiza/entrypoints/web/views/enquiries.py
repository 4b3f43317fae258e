"""Asking a cooperative something without giving it a number, and the page of its answer behind a link nobody can guess."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from twiza.domain.catalogue.selectors import page_of_product
from twiza.domain.enquiries.forms import OrderQuestionForm, ProductQuestionForm
from twiza.domain.enquiries.rules import KEPT_DAYS
from twiza.domain.enquiries.selectors import enquiry_with
from twiza.domain.enquiries.services import ask_about_order, ask_about_product
from twiza.domain.storefronts.selectors import products_shown_in
from twiza.entrypoints.web.behind_links import order_behind
from twiza.entrypoints.web.cards import product_url
from twiza.entrypoints.web.visiting import storefront_for, unless_closed
from twiza.kit.errors import DomainError, NotFound
from twiza.kit.phone import masked_phone, shown_phone

if TYPE_CHECKING:
    from collections.abc import Callable

    from twiza.domain.enquiries.models import Enquiry


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@unless_closed()
def ask_of_product(request: HttpRequest, slug: str, store: str = "") -> HttpResponse:
    """A form of its own, so that the product's page holds nothing personal. `?store=` is the storefront one came from."""
    store = store or request.GET.get("store", "")[:80].replace("\x00", "")
    storefront = storefront_for(request, store)
    found = page_of_product(products_shown_in(storefront), slug)
    if found is None:
        raise Http404
    product = found.product
    form = ProductQuestionForm(request.POST if request.method == "POST" else None, initial=_known(request))
    if form.is_valid():
        asking = form.asking(get_language() or "fr")
        enquiry = _ask(request, form, lambda: ask_about_product(product, asking, storefront=storefront))
        if enquiry:
            return redirect("web:enquiry", enquiry.token)
    about = {"about": product.name, "who": product.cooperative.name, "here": product_url(product, store)}
    context = {**about, "form": form, "days": KEPT_DAYS}
    return render(request, "web/enquiries/ask.html", context, status=400 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_of_order(request: HttpRequest, token: str, cooperative: str) -> HttpResponse:
    """A buyer's question about one parcel; the answer is told to the telephone of the order."""
    order = order_behind(token, cooperative)
    form = OrderQuestionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        words = form.cleaned_data["words"]
        enquiry = _ask(request, form, lambda: ask_about_order(order, words))
        if enquiry:
            return redirect("web:enquiry", enquiry.token)
    about = {"about": _("Order %(number)s") % {"number": order.number}, "who": order.seller_name}
    context = {**about, "here": reverse("web:order", args=[token]), "form": form, "days": KEPT_DAYS}
    return render(request, "web/enquiries/ask.html", context, status=400 if form.is_bound else 200)


@never_cache
@require_safe
def show_enquiry(request: HttpRequest, token: str) -> HttpResponse:
    """The question, and its answer once there is one."""
    try:
        enquiry = enquiry_with(token)
    except NotFound as missing:
        raise Http404 from missing
    told_at = masked_phone(enquiry.asker_phone) if enquiry.is_told_by_text else ""
    return render(request, "web/enquiries/enquiry.html", {"enquiry": enquiry, "told_at": told_at, "days": KEPT_DAYS})


def _ask(request: HttpRequest, form: OrderQuestionForm, ask: Callable[[], Enquiry]) -> Enquiry | None:
    """Nothing when it is refused: the form says why."""
    if not ratelimit.consume(request, action="ask_cooperative"):
        form.add_error(None, _("Many questions were asked from here. Please try again in an hour."))
        return None
    try:
        enquiry = ask()
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, _("Your question is sent. Keep this page's address: the answer will stand here."))
    return enquiry


def _known(request: HttpRequest) -> dict[str, str]:
    """What somebody signed in told us before."""
    person = request.user
    return {"phone": shown_phone(person.phone or "")} if person.is_authenticated else {}
