"""The search over everything, and what is suggested while one types."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from twiza.domain.catalogue.selectors import Place, ProductFilters, ProductList, find_products
from twiza.domain.directory.selectors import CooperativeCard, CooperativeList, DirectoryFilters, find_cooperatives, name_choices
from twiza.domain.storefronts.selectors import products_shown_in
from twiza.entrypoints.web.cards import ProductCard, cards_with
from twiza.entrypoints.web.kept_insides import show_inside
from twiza.entrypoints.web.narrowing import Panel, address_with, asked_in, filters_in, offer_places, offer_what_they_are, page_in
from twiza.entrypoints.web.views.products import A_LIST
from twiza.entrypoints.web.visiting import open_storefront
from twiza.foundation.search.selectors import Counts, index_version, suggest

ENOUGH = 24
A_TASTE = 12
SUGGESTIONS_KEPT_SECONDS = 60
LONGEST_ASKED = 80
# The index says what is found; the tables, how it is called.
SHOWN_OF_EACH = ("kinds", "labels", "storefronts")
PAGES = {"product": "web:product", "cooperative": "web:cooperative"}


@dataclass(frozen=True)
class Found:
    """Products and cooperatives as the page shows them; of one kind alone, a page at a time."""

    cards: tuple[ProductCard, ...]
    cooperatives: tuple[CooperativeCard, ...]
    has_more_products: bool
    has_more_cooperatives: bool
    counts: Counts
    total: int
    corrected: tuple[tuple[str, str], ...]
    is_widened: bool


def show_search(request: HttpRequest) -> HttpResponse:
    """Products and cooperatives, the nearest first, narrowed by place and by who makes them; `kind` shows one of them."""
    filters = filters_in(request.GET)
    kind = request.GET.get("kind", "")
    kind = kind if kind in PAGES else ""
    page = page_in(request.GET) if kind else 1
    subject = ("search", *asked_in(filters).items(), kind, page, index_version())
    shown, _topics = show_inside(request, subject, "web/search.html", lambda: _what_is_found(filters, kind, page), filters.text)
    return shown


def _what_is_found(filters: DirectoryFilters, kind: str, page: int) -> tuple[dict[str, Any], list[str]]:
    asked = {**asked_in(filters), "kind": kind}
    panel = Panel(asked)
    context = {"search_query": filters.text, "kind": kind, "panel": panel, "page": page}
    if not filters.text:
        return context, []
    found = _find(filters, kind, page)
    facets = name_choices(
        found.counts, region=filters.region, province=filters.province, sector=filters.sector, label=filters.label
    )
    offer_places(panel, facets)
    offer_what_they_are(panel, facets)
    has_more = bool(kind) and (found.has_more_products or found.has_more_cooperatives)
    context |= {
        "found": found,
        "more_products_url": address_with(asked, kind="product"),
        "more_cooperatives_url": address_with(asked, kind="cooperative"),
        "previous_url": address_with(asked, page=page - 1 if page > 2 else "") if page > 1 else "",
        "next_url": address_with(asked, page=page + 1) if has_more else "",
    }
    found_by = A_LIST if index_version() is None else SHOWN_OF_EACH
    of_cards = (topic for card in found.cards for topic in card.topics)
    return context, [*found_by, *of_cards, *(f"organisation:{one.id}" for one in found.cooperatives)]


def show_suggestions(request: HttpRequest) -> HttpResponse:
    """A list of links, to be put under the field while one types."""
    signs = {"product": ("basket", _("Product")), "cooperative": ("people", _("Cooperative"))}
    suggestions = [(reverse(PAGES[hit.kind], args=[hit.slug]), hit.name, *signs[hit.kind]) for hit in suggest(_words(request))]
    answer = render(request, "web/_suggestions.html", {"suggestions": suggestions})
    # Whoever takes a letter back asks the same again.
    patch_cache_control(answer, private=True, max_age=SUGGESTIONS_KEPT_SECONDS)
    return answer


def _find(filters: DirectoryFilters, kind: str, page: int) -> Found:
    limit = ENOUGH if kind else A_TASTE
    products = _products(filters, page, limit) if kind != "cooperative" else None
    cooperatives = find_cooperatives(filters, page, limit) if kind != "product" else None
    lists = [one for one in (products, cooperatives) if one is not None]
    return Found(
        cards=tuple(cards_with(products.ids)) if products else (),
        cooperatives=cooperatives.cooperatives if cooperatives else (),
        has_more_products=products is not None and products.following is not None,
        has_more_cooperatives=cooperatives is not None and cooperatives.following > 0,
        counts=_sum(lists),
        total=sum(one.total for one in lists),
        corrected=next((one.corrected for one in lists if one.corrected), ()),
        is_widened=any(one.is_widened for one in lists),
    )


def _products(filters: DirectoryFilters, page: int, limit: int) -> ProductList:
    asked = ProductFilters(
        filters.text,
        region=filters.region,
        province=filters.province,
        sector=filters.sector,
        label=filters.label,
        womens=filters.womens,
    )
    return find_products(products_shown_in(open_storefront("")), asked, Place(page), limit, with_labels=True)


def _sum(lists: list[ProductList | CooperativeList]) -> Counts:
    """What each choice leaves of products and cooperatives together."""
    counts: dict[str, Counter[str]] = {}
    for one in lists:
        for name, told in one.counts.items():
            counts[name] = counts.get(name, Counter()) + Counter(told)
    return counts


def _words(request: HttpRequest) -> str:
    return request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_ASKED]
