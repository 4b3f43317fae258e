"""The list of public addresses of a storefront on its own host: its pages and what it sells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from twiza.domain.storefronts.selectors import products_shown_in, ways_of
from twiza.entrypoints.web.own_host import store_here
from twiza.entrypoints.web.views.sitemaps import Listed, Section, Sections, file_of, gift_pages, index_of, pages_of_a_storefront
from twiza.entrypoints.web.visiting import open_storefront
from twiza.kit.clock import local_day

if TYPE_CHECKING:
    from twiza.domain.storefronts.models import Storefront


def index(request: HttpRequest) -> HttpResponse:
    """Every file there is now; nothing while it is not open."""
    return index_of(_sections(open_storefront(store_here())))


def file(request: HttpRequest, name: str) -> StreamingHttpResponse:
    """One file, as `products-1`: each page in each of its languages."""
    return file_of(_sections(open_storefront(store_here())), name)


def _sections(storefront: Storefront) -> Sections:
    languages, products = ways_of(storefront).languages, products_shown_in(storefront)
    pages = [Listed(name, storefront.slug, part=part, languages=languages) for name, part in pages_of_a_storefront()]
    pages += gift_pages([storefront])
    pages.insert(1, Listed("products", languages=languages))

    def listed(first: int, how_many: int) -> Iterator[Listed]:
        found = products.select_related(None).prefetch_related(None).order_by("pk").values_list("slug", "published_at")
        for slug, published in found[first : first + how_many]:
            yield Listed("product", slug, local_day(published) if published else None, languages=languages)

    return {
        "pages": Section(lambda: len(pages), lambda first, how_many: pages[first : first + how_many]),
        "products": Section(products.count, listed),
    }
