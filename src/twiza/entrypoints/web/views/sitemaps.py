"""The list of public addresses for search engines, in files of at most 40,000, written while they are sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse

from twiza.domain.catalogue.selectors import products_on_sale
from twiza.domain.directory.selectors import listed_cooperatives, public_addresses
from twiza.domain.storefronts.selectors import (
    gift_baskets_sold_in_each,
    open_storefronts,
    page_links,
    verified_hosts,
    ways_of_each,
)
from twiza.entrypoints.web.open_data import in_pieces
from twiza.entrypoints.web.own_host import store_here
from twiza.entrypoints.web.public_address import absolute, address_in, language_for_others
from twiza.foundation.places.selectors import provinces_in_memory
from twiza.kit.clock import local_day, today

if TYPE_CHECKING:
    from twiza.domain.storefronts.models import Storefront

MOST_ADDRESSES = 40_000
SLUG = "a-slug"
PART = "a-part"
SPOKEN = tuple(code for code, _name in settings.LANGUAGES)
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
INDEX = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
ADDRESSES = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
TEXT = "application/xml"
OF_A_STOREFRONT = ("store", "store-gift-basket", "store-conditions", "store-page")
PAGES = ("home", "products", "cooperatives", "cooperative-map", "cooperatives-open-data", "terms")


@dataclass(frozen=True)
class Listed:
    """A page: the name of its address, what stands in it, when it last changed, if that is known, and its languages."""

    name: str
    arg: str = ""
    changed: date | None = None
    part: str = ""
    languages: tuple[str, ...] = SPOKEN  # those it is in


@dataclass(frozen=True)
class Section:
    """How many pages there are of a kind, and so many of them from one on."""

    count: Callable[[], int]
    pages: Callable[[int, int], Iterable[Listed]]


Sections = Mapping[str, Section]


def index(request: HttpRequest) -> HttpResponse:
    """Every file there is now."""
    return index_of(SECTIONS)


def index_of(sections: Sections) -> HttpResponse:
    """The files of these sections, on the host that was asked."""
    files = [f"{name}-{number}" for name, section in sections.items() for number in range(1, _files(section) + 1)]
    lines = (f"<sitemap><loc>{escape(absolute(reverse('sitemap-file', args=[name])))}</loc></sitemap>\n" for name in files)
    return HttpResponse(HEAD + INDEX + "".join(lines) + "</sitemapindex>\n", content_type=TEXT)


def file(request: HttpRequest, name: str) -> StreamingHttpResponse:
    """One file, as `cooperatives-2`: each page in each language, with its other languages beside it."""
    return file_of(SECTIONS, name)


def file_of(sections: Sections, name: str) -> StreamingHttpResponse:
    """One file of these sections."""
    section_name, _dash, number = name.rpartition("-")
    section = sections.get(section_name)
    if section is None or not number.isascii() or not number.isdigit() or not 1 <= int(number) <= _files(section):
        raise Http404
    size = _pages_in_a_file()
    pages = section.pages((int(number) - 1) * size, size)
    return StreamingHttpResponse(in_pieces(_addresses(pages)), content_type=TEXT)


def _pages_in_a_file() -> int:
    return MOST_ADDRESSES // len(settings.LANGUAGES)


def _files(section: Section) -> int:
    return -(-section.count() // _pages_in_a_file())


def _addresses(pages: Iterable[Listed]) -> Iterator[str]:
    yield HEAD + ADDRESSES
    known: dict[tuple[str, bool], dict[str, str]] = {}
    for page in pages:
        key = (page.name, bool(page.arg))
        if key not in known:
            slug = (store_here() if page.name in OF_A_STOREFRONT else "") or SLUG
            args = [slug, PART][: bool(page.arg) + bool(page.part)]
            known[key] = {code: escape(address_in(code, f"web:{page.name}", *args)) for code, _name in settings.LANGUAGES}
        here = {code: known[key][code].replace(SLUG, page.arg).replace(PART, page.part) for code in page.languages}
        yield _page(here, page.changed)
    yield "</urlset>\n"


def _page(here: dict[str, str], changed: date | None) -> str:
    others = {**here, "x-default": here[language_for_others(tuple(here))]}
    links = "".join(f'<xhtml:link rel="alternate" hreflang="{code}" href="{address}"/>' for code, address in others.items())
    day = f"<lastmod>{changed.isoformat()}</lastmod>" if changed else ""
    return "".join(f"<url><loc>{address}</loc>{day}{links}</url>\n" for address in here.values())


def _own_pages(first: int, how_many: int) -> list[Listed]:
    regions = sorted({province.region_id for province in provinces_in_memory()})
    pages = [*map(Listed, PAGES), *(Listed("cooperative-map-region", region) for region in regions)]
    return pages[first : first + how_many]


def _cooperatives(first: int, how_many: int) -> Iterator[Listed]:
    return (Listed("cooperative", slug, changed) for slug, changed in public_addresses(first, how_many))


def _products(first: int, how_many: int) -> Iterator[Listed]:
    found = products_on_sale().select_related(None).prefetch_related(None).order_by("pk").values_list("slug", "published_at")
    for slug, published in found[first : first + how_many]:
        yield Listed("product", slug, local_day(published) if published else None)


def _storefronts(first: int, how_many: int) -> list[Listed]:
    """Those without a host of their own: the others are listed there."""
    elsewhere = verified_hosts().hosts
    stores = [one for one in open_storefronts() if one.slug not in elsewhere]
    ways, own = ways_of_each(stores), pages_of_a_storefront()
    pages = [Listed(name, one.slug, part=part, languages=ways[one.pk].languages) for one in stores for name, part in own]
    pages += gift_pages(stores)
    return pages[first : first + how_many]


def gift_pages(stores: Sequence[Storefront]) -> list[Listed]:
    """The gift baskets that are sold in these today."""
    ways = ways_of_each(stores)
    return [
        Listed("store-gift-basket", gift.storefront.slug, part=gift.slug, languages=ways[gift.storefront_id].languages)
        for gift in gift_baskets_sold_in_each(stores, today())
    ]


def pages_of_a_storefront() -> list[tuple[str, str]]:
    return [("store", ""), ("store-conditions", ""), *(("store-page", kind) for kind, _title in page_links())]


SECTIONS = {
    "pages": Section(lambda: len(_own_pages(0, MOST_ADDRESSES)), _own_pages),
    "storefronts": Section(lambda: len(_storefronts(0, MOST_ADDRESSES)), _storefronts),
    "cooperatives": Section(lambda: listed_cooperatives().count(), _cooperatives),
    "products": Section(lambda: products_on_sale().count(), _products),
}
