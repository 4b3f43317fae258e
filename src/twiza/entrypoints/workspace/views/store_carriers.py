"""Carriers with a network: whether a storefront uses them, what they did not take, and what they said that is not understood."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from twiza.domain.delivery.selectors import carriers, indicative_tariffs, network_carrier, network_carrier_codes
from twiza.domain.orders.selectors.errands import errand_in, errands_in_trouble_in, word_in, words_to_read_in
from twiza.domain.orders.services import ask_carrier_again, mark_word_read
from twiza.domain.storefronts.selectors import ways_of
from twiza.domain.storefronts.services import choose_ways
from twiza.entrypoints.workspace.views.stores import StoreRequest, for_its_manager
from twiza.kit import clock
from twiza.kit.errors import DomainError, NotFound


@require_safe
@for_its_manager
def show(request: StoreRequest) -> HttpResponse:
    """Each carrier on or off; what is in trouble, the oldest first."""
    return render(
        request,
        "workspace/store_carriers.html",
        {
            "storefront": request.storefront,
            "carriers": _rows(request),
            "errands": [(one, _age(one.created_at)) for one in errands_in_trouble_in(request.storefront)],
            "words": [(one, _age(one.heard_at)) for one in words_to_read_in(request.storefront)],
        },
    )


@require_POST
@for_its_manager
def switch(request: StoreRequest, code: str) -> HttpResponse:
    """The storefront offers this carrier, or no longer. Parcels that it has already go on."""
    if network_carrier(code) is None:
        raise NotFound
    ways = ways_of(request.storefront)
    others = tuple(one for one in ways.carriers if one != code)
    wanted = others if code in ways.carriers else (*others, code)
    try:
        choose_ways(request.storefront, replace(ways, carriers=wanted), by=request.user)
        messages.success(request, _("Saved."))
    except NotFound:
        raise
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return _back(request)


@require_POST
@for_its_manager
def ask_again(request: StoreRequest, errand_id: int) -> HttpResponse:
    """A carrier is asked once more to come for a parcel."""
    try:
        ask_carrier_again(errand_in(request.storefront, errand_id), by=request.user)
        messages.success(request, _("We ask the carrier again."))
    except NotFound:
        raise
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return _back(request)


@require_POST
@for_its_manager
def mark_read(request: StoreRequest, word_id: int) -> HttpResponse:
    """Somebody read what a carrier said."""
    mark_word_read(word_in(request.storefront, word_id), by=request.user)
    return _back(request)


def _rows(request: StoreRequest) -> list[dict[str, object]]:
    chosen = ways_of(request.storefront).carriers
    operator_id = request.storefront.operator_id
    priced = {row.carrier for row in indicative_tariffs(operator_id)}
    known = {code: network_carrier(code) for code in network_carrier_codes()}
    return [
        {
            "code": one.code,
            "name": one.name,
            "is_on": one.code in chosen,
            "is_priced": one.code in priced,
            "is_set_up": port.is_set_up(),
        }
        for one in carriers()
        if (port := known.get(one.code)) is not None
    ]


def _age(moment: datetime) -> str:
    return timesince(moment, clock.now(), depth=1).replace("\xa0", " ")


def _back(request: StoreRequest) -> HttpResponse:
    return HttpResponseRedirect(reverse("workspace:store_carriers", args=[request.storefront.slug]))
