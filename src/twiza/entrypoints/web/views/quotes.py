"""Asking a cooperative for a price, and the page of its answer behind a link that nobody can guess."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from twiza.domain.catalogue.selectors import page_of_product
from twiza.domain.quotes.forms import QuoteForm
from twiza.domain.quotes.selectors import account_of, countries_out_of_reach, quote_with
from twiza.domain.quotes.services import accept_quote, ask_quote
from twiza.domain.storefronts.selectors import products_shown_in
from twiza.entrypoints.web.cards import product_url
from twiza.entrypoints.web.visiting import storefront_for, unless_closed
from twiza.kit.errors import DomainError, NotFound
from twiza.kit.phone import masked_phone, shown_phone

if TYPE_CHECKING:
    from twiza.domain.quotes.models import Quote
    from twiza.domain.storefronts.models import Storefront


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@unless_closed()
def ask(request: HttpRequest, slug: str, store: str = "") -> HttpResponse:
    """A form of its own, so that the product's page holds nothing personal. What was typed is kept.

    `?store=` is the storefront that one came from: its address is the market's, also when it has a host of its own.
    """
    store = store or request.GET.get("store", "")[:80].replace("\x00", "")
    storefront = storefront_for(request, store)
    found = page_of_product(products_shown_in(storefront), slug)
    if found is None:
        raise Http404
    product = found.product
    form = QuoteForm(request.POST if request.method == "POST" else None, variants=product.live_variants, initial=_known(request))
    if form.is_valid() and (quote := _ask(request, form, storefront)):
        return redirect("web:quote", quote.token)
    context = {
        "form": form,
        "product": product,
        "here": product_url(product, store),
        "never": countries_out_of_reach(product),
    }
    return render(request, "web/quotes/ask.html", context, status=400 if form.is_bound else 200)


@never_cache
@require_safe
def show_quote(request: HttpRequest, token: str) -> HttpResponse:
    quote = _quote(token)
    told_at = masked_phone(quote.asker_phone) if quote.is_told_by_text else quote.asker_email
    return render(request, "web/quotes/quote.html", {"quote": quote, "told_at": told_at, "account": account_of(quote)})


@never_cache
@require_POST
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Yes to the total that was read. Pressed twice, it is accepted once."""
    quote = _quote(token)
    try:
        accept_quote(quote, expected_total_centimes=_total_in(request))
        messages.success(request, _("Thank you. The cooperative knows that you accept."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("web:quote", token)


@never_cache
@require_safe
def show_pro_forma(request: HttpRequest, token: str) -> HttpResponse:
    """To print: who sells what to whom, and for how much. It is no invoice, and says so."""
    quote = _quote(token)
    if not quote.has_pro_forma:
        raise Http404
    phone = shown_phone(quote.asker_phone)
    return render(request, "web/quotes/pro_forma.html", {"quote": quote, "phone": phone, "account": account_of(quote)})


def _ask(request: HttpRequest, form: QuoteForm, storefront: Storefront) -> Quote | None:
    """Nothing when it is refused: the form says why."""
    if not ratelimit.consume(request, action="ask_quote"):
        form.add_error(None, _("Many quotes were asked for from here. Please try again in an hour."))
        return None
    given = form.cleaned_data
    asker = form.asker(get_language() or "fr")
    try:
        return ask_quote(
            form.chosen(), given["quantity"], given["country"], asker, storefront=storefront, purpose=given["purpose"]
        )
    except DomainError as refusal:
        form.add_error("country" if refusal.code == "not_sent_there" else None, str(refusal))
    return None


def _known(request: HttpRequest) -> dict[str, str]:
    """What somebody signed in told us before."""
    person = request.user
    if not person.is_authenticated:
        return {}
    return {"name": person.name, "phone": shown_phone(person.phone or ""), "email": person.email or ""}


def _total_in(request: HttpRequest) -> int:
    typed = request.POST.get("expected_total", "")[:15]
    return int(typed) if typed.isascii() and typed.isdecimal() else -1


def _quote(token: str) -> Quote:
    try:
        return quote_with(token)
    except NotFound as missing:
        raise Http404 from missing
