"""What is on sale as shopping sites and social networks read it, sent while it is read from the tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from twiza.domain.storefronts.errors import StorefrontClosed
from twiza.domain.storefronts.selectors import storefront_with, ways_of
from twiza.entrypoints.web.offer_files import WRITERS, Write
from twiza.entrypoints.web.offers import offers_in
from twiza.entrypoints.web.open_data import in_pieces
from twiza.entrypoints.web.public_address import address_in, address_in_store
from twiza.kit.errors import NotFound

if TYPE_CHECKING:
    from twiza.domain.storefronts.models import Storefront


@require_safe
@cache_control(public=True, max_age=600)
def send_offers(request: HttpRequest, store: str, form: str) -> StreamingHttpResponse:
    """What an open storefront offers, in its first language or in `?language=`, another of its own. Nothing for whoever asks
    for the head alone; no such page while the storefront is not open."""
    if form not in WRITERS:
        raise Http404
    storefront = _open_one(store)
    languages = ways_of(storefront).languages
    language = request.GET.get("language") or languages[0]
    if language not in languages:
        raise Http404
    write, content_type = WRITERS[form]
    written = _written(write, storefront, language) if request.method == "GET" else iter(())
    return StreamingHttpResponse(in_pieces(written), content_type=content_type)


def _open_one(store: str) -> Storefront:
    try:
        return storefront_with(store)
    except (NotFound, StorefrontClosed) as refusal:
        raise Http404(str(refusal)) from refusal


def _written(write: Write, storefront: Storefront, language: str) -> Iterator[str]:
    with override(language):
        yield from write(storefront.name, _front_page(storefront, language), offers_in(storefront, language))


def _front_page(storefront: Storefront, language: str) -> str:
    if storefront.shows_everything:
        return address_in(language, "web:home")
    return address_in_store(language, storefront.slug, "web:store")
