"""A till for one phone without network: its page, the script that keeps the page, and what the phone sends later."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from twiza.domain.inventory.selectors import shelf_of
from twiza.domain.stalls.rules import MOST_PIECES, price_limits
from twiza.domain.stalls.selectors import sales_with
from twiza.domain.stalls.services import Sold, record_till_sale
from twiza.entrypoints.ui.amounts import write_dirhams
from twiza.entrypoints.workspace.access import CooperativeRequest, for_cooperative
from twiza.entrypoints.workspace.screens import show
from twiza.kit import clock
from twiza.kit.errors import DomainError

if TYPE_CHECKING:
    from uuid import UUID

    from twiza.domain.stalls.models import StallSale, StallSaleLine

WORKER = Path(__file__).parents[1] / "static" / "workspace" / "till_worker.js"
# What one telephone hands over at a time.
MOST_AT_ONCE = 50
NUMBERS = range(1, 13)


class TillSaleForm(forms.Form):
    """One sale as the phone kept it."""

    key = forms.UUIDField()
    variant = forms.IntegerField(min_value=1)
    pieces = forms.IntegerField(min_value=0, max_value=MOST_PIECES)
    grams = forms.IntegerField(min_value=1, required=False)
    price_centimes = forms.IntegerField(min_value=1)
    usual_centimes = forms.IntegerField(required=False, help_text="What the phone knew as the price of one.")
    sold_at = forms.CharField(max_length=40)

    def clean_sold_at(self) -> datetime:
        try:
            moment = datetime.fromisoformat(self.cleaned_data["sold_at"].replace("Z", "+00:00"))
        except ValueError:
            raise forms.ValidationError("not a moment") from None
        if moment.tzinfo is None:
            raise forms.ValidationError("not a moment")
        return moment

    def sold(self) -> Sold:
        """Ask of a valid form."""
        cleaned = self.cleaned_data
        return Sold(cleaned["variant"], cleaned["pieces"], cleaned["grams"], cleaned["price_centimes"])


@require_safe
@for_cooperative
def show_till(request: CooperativeRequest) -> HttpResponse:
    """Everything that the phone needs to sell without us: pictures, prices, and between which prices it may sell."""
    shelf = shelf_of(request.cooperative.pk)
    tiles = [(row, price_limits(row.variant.price_centimes)) for row in shelf]
    return show(request, "till.html", tiles=tiles, numbers=NUMBERS, made=clock.now().isoformat())


@require_safe
@for_cooperative
def send_worker(request: CooperativeRequest) -> HttpResponse:
    """The script that keeps the page. It lies beside the till's page: a browser lets it look after that address alone."""
    return HttpResponse(WORKER.read_text("utf-8"), content_type="text/javascript; charset=utf-8")


@require_safe
@for_cooperative
def say_who(request: CooperativeRequest) -> JsonResponse:
    """Who is signed in on the phone now, and the token with which they send."""
    return JsonResponse({"person": str(request.user.pk), "token": get_token(request)})


@require_POST
@for_cooperative
def take_sales(request: CooperativeRequest) -> JsonResponse:
    """Writes each sale down by itself, once: what was written before is answered again, what cannot be says why."""
    try:
        sales = json.loads(request.body)["sales"][:MOST_AT_ONCE]
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"results": []}, status=400)
    forms_sent = [TillSaleForm(sale) for sale in sales if isinstance(sale, dict) and isinstance(sale.get("key"), str)]
    refusals = _record_all(request, [form for form in forms_sent if form.is_valid()])
    known = sales_with(request.cooperative.pk, [form.cleaned_data["key"] for form in forms_sent if form.is_valid()])
    return JsonResponse({"results": [_told(form, refusals, known, request.LANGUAGE_CODE) for form in forms_sent]})


def _record_all(request: CooperativeRequest, sent: list[TillSaleForm]) -> dict[UUID, DomainError]:
    """Each by itself, so that one refusal or a line that breaks loses no other; what was refused, by key."""
    known = sales_with(request.cooperative.pk, [form.cleaned_data["key"] for form in sent])
    refusals = {}
    for form in sent:
        key, moment = form.cleaned_data["key"], form.cleaned_data["sold_at"]
        try:
            if key not in known:
                record_till_sale(request.cooperative, key, [form.sold()], moment, by=request.user)
        except DomainError as refusal:
            refusals[key] = refusal
    return refusals


def _told(form: TillSaleForm, refusals: dict[UUID, DomainError], known: dict[UUID, StallSale], language: str) -> dict[str, Any]:
    """What the phone reads of one sale, under the key that it gave."""
    sent_as = form.data["key"]
    if not form.is_valid():
        return {"key": sent_as, "state": "refused", "sentences": [_("This sale cannot be read.")]}
    key, usual = form.cleaned_data["key"], form.cleaned_data["usual_centimes"]
    if key in refusals:
        return {"key": sent_as, "state": "refused", "sentences": [str(refusals[key])]}
    sale = known[key]
    sentences = [sentence for line in sale.lines.all() for sentence in _to_look_at(line, usual, language)]
    return {"key": sent_as, "state": "recorded", "total_centimes": sale.total_centimes, "sentences": sentences}


def _to_look_at(line: StallSaleLine, usual_centimes: int | None, language: str) -> list[str]:
    """What changed while the phone was away. The sale is written down all the same."""
    sentences = []
    if line.missing_pieces:
        words = ngettext(
            "By the count %(number)s was not there: count what is left.",
            "By the count %(number)s were not there: count what is left.",
            line.missing_pieces,
        )
        sentences.append(words % {"number": line.missing_pieces})
    if line.was_retired:
        sentences.append(_("It is not sold any more on the site."))
    if usual_centimes not in {None, line.catalogue_centimes}:
        price = write_dirhams(line.catalogue_centimes, language)
        sentences.append(_("Its price on the site is %(price)s.") % {"price": price})
    return sentences
