"""The map of the regions, and of the provinces of each."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from twiza.domain.directory.selectors import spread_of_cooperatives
from twiza.entrypoints.web.map_drawing import Place, draw_country, draw_region
from twiza.foundation.places.selectors import provinces_in_memory
from twiza.kit.folding import fold


def show_country(request: HttpRequest) -> HttpResponse:
    """Every region with its number of cooperatives: a list, and the same drawn."""
    spread = spread_of_cooperatives()
    of_region = spread.per_region
    names = {province.region_id: province.region.name for province in provinces_in_memory()}
    places = [
        Place(code, names[code], of_region[code], _list_url(code), reverse("web:cooperative-map-region", args=[code]))
        for code in sorted(names)
    ]
    context = {"map": draw_country(places), "total": spread.total, "spread": spread}
    return render(request, "web/directory/map.html", context)


def show_region(request: HttpRequest, region: str) -> HttpResponse:
    """Every province of a region, likewise."""
    provinces = [province for province in provinces_in_memory() if province.region_id == region]
    if not provinces:
        raise Http404
    spread = spread_of_cooperatives()
    places = [
        Place(province.code, province.name, spread.per_province.get(province.code, 0), _list_url(region, province.code))
        for province in sorted(provinces, key=lambda province: fold(province.name))
    ]
    context = {
        "map": draw_region(region, places),
        "spread": spread,
        "total": sum(place.count for place in places),
        "region": provinces[0].region,
        "region_url": _list_url(region),
    }
    return render(request, "web/directory/map.html", context)


def _list_url(region: str, province: str = "") -> str:
    chosen = f"?region={region}" + (f"&province={province}" if province else "")
    return reverse("web:cooperatives") + chosen
