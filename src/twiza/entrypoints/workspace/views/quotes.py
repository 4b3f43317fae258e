"""A cooperative's quotes: read, answered, refused, taken back; and to which countries a product goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from twiza.domain.catalogue.selectors import get_product_for
from twiza.domain.orders.forms import RefusalForm
from twiza.domain.quotes.forms import CountryTermForm, OfferForm, ReceiptForm, read_back
from twiza.domain.quotes.rules import usual_last_day
from twiza.domain.quotes.selectors import account_of, country_terms_of, quote_of, quotes_of
from twiza.domain.quotes.services import answer_quote, refuse_quote, say_where_it_goes, withdraw_quote
from twiza.domain.quotes.services.fulfilling import record_receipt, send_quote
from twiza.entrypoints.workspace.access import CooperativeRequest, for_cooperative
from twiza.entrypoints.workspace.agent_acts import signed_for
from twiza.entrypoints.workspace.screens import go, refuse, show
from twiza.kit.errors import DomainError, NotFound

if TYPE_CHECKING:
    from twiza.domain.quotes.models import Quote


@require_safe
@for_cooperative
def show_all(request: CooperativeRequest) -> HttpResponse:
    """Those that wait for an answer first."""
    return show(request, "quotes.html", quotes=quotes_of(request.cooperative))


@require_http_methods(["GET", "HEAD", "POST"])
@for_cooperative
def show_one(request: CooperativeRequest, quote_id: int) -> HttpResponse:
    """What is asked, and the form of the answer; once answered, what was answered and by whom."""
    quote = quote_of(request.cooperative, quote_id)
    typed = request.POST if request.method == "POST" else None
    form = OfferForm(typed, initial=OfferForm.initial_of(quote, usual_last_day()))
    if form.is_valid():
        try:
            answer_quote(quote, form.offer(), by=request.user)
        except DomainError as refusal:
            refuse(request, refusal)
        else:
            messages.success(request, _("Quote %(number)s answered. Whoever asks reads it now.") % {"number": quote.pk})
        return go(request, "quote", quote.pk)
    return _show(request, quote, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@for_cooperative
def refuse_one(request: CooperativeRequest, quote_id: int) -> HttpResponse:
    """Asks for the reason on a page of its own: a refusal cannot be taken back."""
    quote = quote_of(request.cooperative, quote_id)
    form = RefusalForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return show(request, "quote_refuse.html", quote=quote, form=form)
    try:
        refuse_quote(quote, form.reason_in(quote.language), by=request.user)
        messages.success(request, _("Quote %(number)s refused. Whoever asks reads why.") % {"number": quote.pk})
    except DomainError as refusal:
        refuse(request, refusal)
    return go(request, "quote", quote.pk)


@require_POST
@for_cooperative
def withdraw(request: CooperativeRequest, quote_id: int) -> HttpResponse:
    """Nobody accepts this price any more."""
    quote = quote_of(request.cooperative, quote_id)
    try:
        withdraw_quote(quote, by=request.user)
        messages.success(request, _("Quote %(number)s taken back.") % {"number": quote.pk})
    except DomainError as refusal:
        refuse(request, refusal)
    return go(request, "quote", quote.pk)


@require_POST
@for_cooperative
def receive(request: CooperativeRequest, quote_id: int) -> HttpResponse:
    """Money came: so much, in this way, on that day."""
    quote = quote_of(request.cooperative, quote_id)
    form = ReceiptForm(request.POST)
    if not form.is_valid():
        return _show(request, quote, receipt_form=form)
    given = form.cleaned_data
    try:
        record_receipt(
            quote,
            given["amount"],
            how=given["how"],
            received_on=given["received_on"],
            by=request.user,
            form_key=given["form_key"],
        )
        messages.success(request, _("Saved."))
    except DomainError as refusal:
        form.add_error("amount", str(refusal))
        return _show(request, quote, receipt_form=form)
    return go(request, "quote", quote.pk)


@require_POST
@for_cooperative
def send(request: CooperativeRequest, quote_id: int) -> HttpResponse:
    """All of it left."""
    quote = quote_of(request.cooperative, quote_id)
    try:
        send_quote(quote, by=request.user)
        messages.success(request, _("Quote %(number)s: it left. Whoever asked reads it now.") % {"number": quote.pk})
    except DomainError as refusal:
        refuse(request, refusal)
    return go(request, "quote", quote.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@for_cooperative
def say_countries(request: CooperativeRequest, product_slug: str) -> HttpResponse:
    """To which countries a product goes, and to which it does not; said again, the newest holds."""
    product = get_product_for(request.user, product_slug)
    if product.cooperative_id != request.cooperative.pk:
        raise NotFound
    form = CountryTermForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            say_where_it_goes(product, given["country"], given["sending"], given["reason"], by=request.user)
        except DomainError as refusal:
            refuse(request, refusal)
        else:
            messages.success(request, _("%(product)s: saved.") % {"product": product.name})
        return go(request, "product_countries", product.slug)
    return show(request, "product_countries.html", product=product, form=form, terms=country_terms_of(product))


def _show(request: CooperativeRequest, quote: Quote, **forms: object) -> HttpResponse:
    account = account_of(quote)
    wanted = account.deposit_missing_centimes or account.owed_centimes
    receipt_form = ReceiptForm(initial={"amount": read_back(wanted), "how": "transfer"})
    return show(
        request,
        "quote.html",
        **{"quote": quote, "account": account, "receipt_form": receipt_form, "signed": _signed(quote), **forms},
    )


def _signed(quote: Quote) -> str:
    """Who answered; an agent, for whom."""
    if quote.answered_by is None:
        return ""
    name = quote.answered_by.name
    return signed_for(name, quote.cooperative.name) if quote.answered_under_mandate else name
