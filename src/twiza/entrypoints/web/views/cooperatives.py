"""The public directory."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from twiza.domain.catalogue.selectors import products_on_sale
from twiza.domain.directory.selectors import DirectoryFilters, find_cooperatives, get_public_organisation
from twiza.entrypoints.web.cards import product_cards
from twiza.kit.errors import NotFound


def show_list(request: HttpRequest) -> HttpResponse:
    found = find_cooperatives(DirectoryFilters(text=request.GET.get("q", "")[:80]))
    return render(request, "web/directory/list.html", {"found": found})


def show_cooperative(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        cooperative = get_public_organisation(slug)
    except NotFound as missing:
        raise Http404 from missing
    if cooperative.slug != slug:
        return redirect("web:cooperative", slug=cooperative.slug, permanent=True)
    products = product_cards(products_on_sale().filter(cooperative_id=cooperative.id)[:24])
    return render(request, "web/directory/page.html", {"cooperative": cooperative, "cards": products})
