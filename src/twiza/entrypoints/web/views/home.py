"""The first page, the choice of language, and how it works."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, get_language_from_request

from twiza.domain.catalogue.selectors import families
from twiza.domain.delivery.selectors import indicative_tariffs
from twiza.domain.storefronts.selectors import address_of_host, open_storefronts, pages_shown_in, verified_hosts
from twiza.entrypoints.ui.addresses import at_own_host
from twiza.entrypoints.web.cards import topics_of
from twiza.entrypoints.web.chips import chips_of
from twiza.entrypoints.web.kept_insides import show_inside
from twiza.entrypoints.web.page_cache import keep_for_everybody
from twiza.entrypoints.web.views.products import A_LIST, taste_of
from twiza.entrypoints.web.views.store_pages import topics_of_pages
from twiza.entrypoints.web.visiting import open_storefront
from twiza.kit.phone import shown_phone

if TYPE_CHECKING:
    from twiza.domain.storefronts.models import Storefront


def choose_language(request: HttpRequest) -> HttpResponse:
    """`/` leads to the language the visitor chose before, else to what the browser asks for, else French."""
    response = HttpResponseRedirect(f"/{get_language_from_request(request)}/")
    response["Vary"] = "Accept-Language, Cookie"
    return response


def show_home(request: HttpRequest) -> HttpResponse:
    return keep_for_everybody(*show_inside(request, "home", "web/home.html", _what_home_shows))


def _what_home_shows() -> tuple[dict[str, Any], list[str]]:
    storefront = open_storefront("")
    cards = taste_of(storefront)
    context = {
        "storefront": storefront,
        "cards": cards,
        "chips": chips_of(families(), reverse("web:products"), "-"),
        "stores": _stores(),
    }
    return context, [*A_LIST, *topics_of(cards)]


def _stores() -> list[tuple[Storefront, str]]:
    """The operators' storefronts one can visit, each with where it is read: at its own host when it has one."""
    stores, hosts = open_storefronts(), verified_hosts().hosts
    roots = {store: address_of_host(host) for store, host in hosts.items()}
    return [(one, at_own_host(reverse("web:store", args=[one.slug]), one.slug, roots.get(one.slug, ""))) for one in stores]


def show_terms(request: HttpRequest) -> HttpResponse:
    """The market's own pages on one sheet, with today's indicative tariffs. One click from every page, and printable."""
    storefront = open_storefront("")
    context = {
        "storefront": storefront,
        "pages": pages_shown_in(storefront, get_language() or "fr"),
        "tariffs": indicative_tariffs(storefront.operator_id),
        "phone": shown_phone(storefront.phone),
    }
    return keep_for_everybody(render(request, "web/terms.html", context), ["tariffs", *topics_of_pages(storefront)])
