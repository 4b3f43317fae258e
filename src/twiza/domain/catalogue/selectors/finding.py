"""The public list of products: narrowed, counted and paged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Q, QuerySet

from twiza.domain.catalogue.models import Product, ProductKind
from twiza.domain.catalogue.selectors import counting
from twiza.domain.catalogue.selectors.bands import with_bands
from twiza.domain.catalogue.selectors.cards import CardRow, card_rows_with, ids_of, keys_of
from twiza.domain.catalogue.selectors.claims import products_carrying
from twiza.domain.catalogue.selectors.paging import FIRST, MOST_PAGES, NEWEST_FIRST, Place, Sort, around, can_be_keyed, stretch_at
from twiza.domain.catalogue.selectors.products import matching
from twiza.foundation.search.selectors import Counts, Narrowing, PriceOrder, browse, count_choices, is_index_ready, search
from twiza.kit.folding import fold_words

PER_PAGE = 24
REVISION = "cooperative__published_revision__"


@dataclass(frozen=True)
class Assortment:
    """The part of the catalogue that a storefront shows, in ids: all of these cooperatives (None: of every one), and these
    products too, without those left out."""

    cooperatives: tuple[int, ...] | None = None
    products: tuple[int, ...] = ()
    left_out: tuple[int, ...] = ()


class AskedCooperative(NamedTuple):
    """The one cooperative whose products are asked for."""

    id: int
    slug: str
    name: str


class Destination(NamedTuple):
    """A commune parcels are brought to: from everywhere, from its own region or province only, or from nowhere."""

    code: str
    name: str
    region: str = ""
    province: str = ""
    is_reached: bool = True


@dataclass(frozen=True)
class ProductFilters:
    """Codes of places, sectors, a label's scheme and a price band; a kind or a family; a month of the season (1 to 12); who
    makes it; to where it is brought; and words. Empty means all.

    `assortment` says to an index what the tables know by themselves.
    """

    text: str = ""
    kind: ProductKind | None = None
    region: str = ""
    province: str = ""
    sector: str = ""
    label: str = ""
    band: str = ""
    month: str = ""
    womens: bool = False
    maker: AskedCooperative | None = None
    to: Destination | None = None
    assortment: Assortment = Assortment()
    asked_sort: Sort | None = None

    @property
    def has_words(self) -> bool:
        return bool(fold_words(self.text))

    @property
    def sort(self) -> Sort:
        """What stands first: what was asked for, where that means something."""
        usual = Sort.NEAREST if self.has_words else Sort.NEWEST
        return self.asked_sort if self.asked_sort and self.asked_sort.is_by_price else usual

    @property
    def narrowing(self) -> Narrowing:
        return Narrowing(
            self.region,
            self.province,
            self.sector,
            self.label,
            made=self.kind.code if self.kind else "",
            band=self.band,
            month=self.month,
            near_region=self.to.region if self.to else "",
            near_province=self.to.province if self.to else "",
            owner=self.maker.id if self.maker else 0,
            womens=self.womens,
            owners=self.assortment.cooperatives,
            also=self.assortment.products,
            never=self.assortment.left_out,
        )


@dataclass(frozen=True)
class ProductList:
    """One page, as ids, and where those before and after it begin. `total` are all that hold, or so many that nobody counted
    on (`is_counted`); `corrected` words read otherwise, as (typed, read)."""

    ids: tuple[int, ...]
    total: int
    previous: Place | None
    following: Place | None
    counts: Counts
    sort: Sort = Sort.NEWEST
    is_counted: bool = True
    is_widened: bool = False
    corrected: tuple[tuple[str, str], ...] = ()

    @property
    def is_past_the_end(self) -> bool:
        """Nothing stands on this page, although there is something on those before it."""
        return not self.ids and self.previous is not None and self.total > 0


def find_products(
    products: QuerySet[Product],
    filters: ProductFilters,
    place: Place = FIRST,
    per_page: int = PER_PAGE,
    *,
    with_labels: bool = False,
    with_counts: bool = True,
) -> ProductList:
    """One page of `products`, newest first; with words, nearest first; by price when that is asked.

    Words and prices are asked of the index. While there is none words are sought in the products' names, labels are counted
    `with_labels` only, and of very many products nothing is counted, and they stand newest first whatever was asked. Nor
    is anything counted without `with_counts`, which costs more than the page.
    """
    if filters.to and not filters.to.is_reached:
        return ProductList((), 0, None, None, {}, filters.sort)
    is_for_index = filters.has_words or filters.sort.is_by_price
    if is_for_index and is_index_ready():
        return _by_index(products, filters, min(place.page, MOST_PAGES), per_page)
    among = matching(products, filters.text)
    counts = _counts(among, filters, with_labels=with_labels) if with_counts else {}
    return _by_tables(among, filters, place, per_page, counts)


def _counts(among: QuerySet[Product], filters: ProductFilters, *, with_labels: bool) -> Counts:
    counts = None if filters.has_words else count_choices("product", filters.narrowing)
    if counts is None:
        counts = counting.count_by_tables(_of(among, filters), filters.narrowing, with_labels=with_labels)
    return counts


def _by_tables(among: QuerySet[Product], filters: ProductFilters, place: Place, per_page: int, counts: Counts) -> ProductList:
    sort = filters.sort if filters.sort.is_by_price and counts else Sort.NEWEST
    ids, previous, following = _page_of(_sorted(narrowed(among, filters), sort), place, per_page)
    total = counts["all"]["true"] if counts else counting.FEW
    return ProductList(ids, total, previous, following, counts, sort, is_counted=bool(counts))


def _page_of(products: QuerySet[Product], place: Place, per_page: int) -> tuple[tuple[int, ...], Place | None, Place | None]:
    """The products of a page, and where those before and after it begin: by key where the order allows it, else by number."""
    if place.page > 1 or not can_be_keyed(products):
        page = min(place.page, MOST_PAGES)
        begin = (page - 1) * per_page
        ids = ids_of(products[begin : begin + per_page + 1])
        return tuple(ids[:per_page]), *_around(page, has_next=len(ids) > per_page and page < MOST_PAGES)
    stretch = stretch_at(products, place, per_page)
    keys = keys_of(stretch.products)
    has_more = len(keys) > per_page
    if stretch.is_backwards and not has_more:
        # The beginning is nearer than a page: it is shown whole.
        return _page_of(products, FIRST, per_page)
    keys = keys[:per_page][::-1] if stretch.is_backwards else keys[:per_page]
    return tuple(key.id for key in keys), *around(place, keys, has_more=has_more)


def rows_in_turn(products: QuerySet[Product], language: str, at_once: int = 500) -> Iterator[list[CardRow]]:
    """All of `products`, the newest first, so many at once; each read when it is its turn."""
    newest = products.order_by(*NEWEST_FIRST)
    place: Place | None = FIRST
    while place is not None:
        ids, _previous, place = _page_of(newest, place, at_once)
        yield card_rows_with(ids, language)


def _around(page: int, *, has_next: bool) -> tuple[Place | None, Place | None]:
    return Place(page - 1) if page > 1 else None, Place(page + 1) if has_next else None


def _of(products: QuerySet[Product], filters: ProductFilters) -> QuerySet[Product]:
    """Of whom it is asked, and from where it would be brought."""
    if filters.maker:
        products = products.filter(cooperative=filters.maker.id)
    if filters.to and filters.to.province:
        return products.filter(**{f"{REVISION}province": filters.to.province})
    return products.filter(**{f"{REVISION}province__region": filters.to.region}) if filters.to and filters.to.region else products


def _sorted(products: QuerySet[Product], sort: Sort) -> QuerySet[Product]:
    if not sort.is_by_price:
        return products
    return with_bands(products).order_by("least" if sort is Sort.CHEAPEST else "-least", "pk")


def narrowed(products: QuerySet[Product], filters: ProductFilters) -> QuerySet[Product]:
    """Those of `products` that hold every choice; words apart."""
    if filters.kind is not None:
        products = (
            products.filter(kind__family=filters.kind) if filters.kind.family_id is None else products.filter(kind=filters.kind)
        )
    chosen = {
        f"{REVISION}province__region": filters.region,
        f"{REVISION}province": filters.province,
        f"{REVISION}sectors__contains": [filters.sector] if filters.sector else [],
        f"{REVISION}is_womens": filters.womens,
    }
    products = _of(products, filters).filter(**{name: value for name, value in chosen.items() if value})
    if filters.label:
        products = products.filter(pk__in=products_carrying(filters.label))
    if filters.month:
        products = products.filter(season_months__contains=[int(filters.month)])
    return with_bands(products).filter(Q(("band", filters.band))) if filters.band else products


def _by_index(products: QuerySet[Product], filters: ProductFilters, page: int, per_page: int) -> ProductList:
    order = {Sort.CHEAPEST: PriceOrder.LEAST_FIRST, Sort.DEAREST: PriceOrder.MOST_FIRST}.get(filters.sort)
    begin = (page - 1) * per_page
    if order and not filters.has_words:
        answer = browse("product", filters.narrowing, order, per_page, begin)
    else:
        answer = search(filters.text, "product", filters.narrowing, per_page, begin, order=order)
    # The index may still know what is shown no more.
    ids = ids_of(products, [hit.id for hit in answer.hits])
    previous, following = _around(page, has_next=bool(answer.cursor) and page < MOST_PAGES)
    return ProductList(
        tuple(ids),
        answer.total,
        previous,
        following,
        answer.facets,
        filters.sort,
        is_widened=answer.is_widened,
        corrected=answer.corrected,
    )
