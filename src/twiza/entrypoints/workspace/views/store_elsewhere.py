"""Where shopping sites, social networks and readers of feeds find what a storefront sells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from twiza.domain.storefronts.selectors import get_storefront_for, ways_of
from twiza.entrypoints.workspace.access import SignedInRequest, signed_in

if TYPE_CHECKING:
    from twiza.domain.storefronts.models import Storefront


@require_safe
@signed_in
def show_addresses(request: SignedInRequest, slug: str) -> HttpResponse:
    """An address for each of those who show products elsewhere, in each of its languages, with what to do with it."""
    storefront = get_storefront_for(request.user, slug)
    languages = ways_of(storefront).languages
    context = {
        "storefront": storefront,
        "google": [(code, _feed_of(storefront, "google.xml", code, languages[0])) for code in languages],
        "meta": [(code, _feed_of(storefront, "meta.csv", code, languages[0])) for code in languages],
        "news": [(code, _news_of(storefront, code)) for code in languages],
    }
    return render(request, "workspace/store_elsewhere.html", context)


def _feed_of(storefront: Storefront, form: str, language: str, first: str) -> str:
    """The storefront's first language needs not be named."""
    address = settings.SITE_URL + reverse("feed", args=[storefront.slug, form])
    return address if language == first else f"{address}?language={language}"


def _news_of(storefront: Storefront, language: str) -> str:
    with override(language):
        return settings.SITE_URL + reverse("web:store-new-products", args=[storefront.slug])
