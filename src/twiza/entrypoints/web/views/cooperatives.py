"""The public directory."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from twiza.domain.catalogue.selectors import products_on_sale
from twiza.domain.directory.selectors import find_cooperatives, get_public_organisation
from twiza.entrypoints.web.cards import product_cards, topics_of
from twiza.entrypoints.web.cooperative_cards import cooperative_cards, drawing_of, place_words
from twiza.entrypoints.web.kept_insides import show_inside
from twiza.entrypoints.web.member_figures import member_figures
from twiza.entrypoints.web.narrowing import Panel, asked_in, filters_in, offer_places, offer_what_they_are, page_in
from twiza.entrypoints.web.page_cache import keep_for_everybody
from twiza.entrypoints.web.structured_data import cooperative_data
from twiza.kit.errors import NotFound

MOST_PRODUCTS = 24


def show_list(request: HttpRequest) -> HttpResponse:
    """Every cooperative, narrowed by place, sector, label and words. Complete without JavaScript."""
    filters = filters_in(request.GET)
    found = find_cooperatives(filters, page=page_in(request.GET))
    panel = Panel(asked_in(filters))
    offer_places(panel, found.facets)
    offer_what_they_are(panel, found.facets)
    cards = cooperative_cards(found.cooperatives)
    context = {
        "found": found,
        "filters": filters,
        "panel": panel,
        "cards": cards,
        "is_fictional": any(cooperative.is_fictional for cooperative in found.cooperatives),
        "previous_page": found.page - 1 if found.page > 1 else None,
        "next_page": found.following,
    }
    response = render(request, "web/directory/list.html", context)
    return (
        response if filters.text else keep_for_everybody(response, ["organisations", "products", *(card.topic for card in cards)])
    )


def show_cooperative(request: HttpRequest, slug: str) -> HttpResponseBase:
    """One cooperative: who, where, how to reach it, what it is certified for, what it sells."""
    try:
        page, topics = show_inside(request, ("cooperative", slug), "web/directory/page.html", lambda: _what_its_page_shows(slug))
    except _Moved as moved:
        return redirect("web:cooperative", slug=moved.slug, permanent=True)
    return keep_for_everybody(page, topics)


class _Moved(Exception):
    def __init__(self, slug: str) -> None:
        super().__init__(slug)
        self.slug = slug


def _what_its_page_shows(slug: str) -> tuple[dict[str, Any], list[str]]:
    try:
        cooperative = get_public_organisation(slug)
    except NotFound as missing:
        raise Http404 from missing
    if not cooperative.is_cooperative:
        raise Http404
    if cooperative.slug != slug:
        raise _Moved(cooperative.slug)
    cards = product_cards(products_on_sale().filter(cooperative_id=cooperative.id)[:MOST_PRODUCTS])
    drawing, tint = drawing_of(cooperative.sectors)
    context = {
        "cooperative": cooperative,
        "place": place_words(cooperative.commune_name, cooperative.province_name),
        "drawing": drawing,
        "tint": tint,
        "figures": member_figures(cooperative.members_total, cooperative.members_women),
        "structured": cooperative_data(cooperative),
        "share_image": cooperative.photos[0].shared if cooperative.photos else "",
        "cards": cards,
    }
    return context, [f"organisation:{cooperative.id}", "products", "kinds", *topics_of(cards)]
