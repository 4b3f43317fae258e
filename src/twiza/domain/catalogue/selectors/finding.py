"""The public list of products: narrowed, counted and paged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, Value, When

from twiza.domain.catalogue.models import Product, ProductKind, Variant
from twiza.domain.catalogue.selectors import counting
from twiza.domain.catalogue.selectors.bands import BANDS
from twiza.domain.catalogue.selectors.cards import CardRow, card_rows, card_rows_of
from twiza.domain.catalogue.selectors.claims import products_carrying
from twiza.domain.catalogue.selectors.products import matching
from twiza.foundation.search.selectors import Counts, Narrowing, count_choices, is_index_ready, search
from twiza.kit.folding import fold_words

PER_PAGE = 24
MOST_PAGES = 400
REVISION = "cooperative__published_revision__"


@dataclass(frozen=True)
class Assortment:
    """The part of the catalogue that a storefront shows, in ids: all of these cooperatives (None: of every one), and these
    products too, without those left out."""

    cooperatives: tuple[int, ...] | None = None
    products: tuple[int, ...] = ()
    left_out: tuple[int, ...] = ()


@dataclass(frozen=True)
class ProductFilters:
    """Codes of places, sectors, a label's scheme and a price band; a kind or a family; and words. Empty means all.

    `assortment` says to an index what the tables know by themselves.
    """

    text: str = ""
    kind: ProductKind | None = None
    region: str = ""
    province: str = ""
    sector: str = ""
    label: str = ""
    band: str = ""
    womens: bool = False
    assortment: Assortment = Assortment()

    @property
    def narrowing(self) -> Narrowing:
        return Narrowing(
            self.region,
            self.province,
            self.sector,
            self.label,
            made=self.kind.code if self.kind else "",
            band=self.band,
            womens=self.womens,
            owners=self.assortment.cooperatives,
            also=self.assortment.products,
            never=self.assortment.left_out,
        )


@dataclass(frozen=True)
class ProductList:
    """One page. `total` are all that hold, `corrected` words read otherwise, as (typed, read)."""

    rows: tuple[CardRow, ...]
    total: int
    page: int
    has_next: bool
    counts: Counts
    is_widened: bool = False
    corrected: tuple[tuple[str, str], ...] = ()


def find_products(
    products: QuerySet[Product],
    filters: ProductFilters,
    language: str,
    page: int = 1,
    per_page: int = PER_PAGE,
    *,
    with_labels: bool = False,
) -> ProductList:
    """One page of `products`, newest first; with words, nearest first.

    Words are asked of the index; while there is none they are sought in the products' names, and labels are counted
    `with_labels` only.
    """
    page = min(max(1, page), MOST_PAGES)
    if fold_words(filters.text) and is_index_ready():
        return _by_index(products, filters, language, page, per_page)
    among = matching(products, filters.text)
    counts = None if fold_words(filters.text) else count_choices("product", filters.narrowing)
    if counts is None:
        counts = counting.count_by_tables(with_bands(among), filters.narrowing, with_labels=with_labels)
    begin = (page - 1) * per_page
    rows = card_rows(narrowed(among, filters)[begin : begin + per_page + 1], language)
    total = counts["all"]["true"]
    return ProductList(tuple(rows[:per_page]), total, page, len(rows) > per_page, counts)


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
    products = products.filter(**{name: value for name, value in chosen.items() if value})
    if filters.label:
        products = products.filter(pk__in=products_carrying(filters.label))
    return with_bands(products).filter(Q(("band", filters.band))) if filters.band else products


def with_bands(products: QuerySet[Product]) -> QuerySet[Product]:
    """Each with the code of the band of what it costs at least, as `band`."""
    prices = Variant.objects.filter(product=OuterRef("pk"), retired_at=None).order_by("price_centimes")
    least = Subquery(prices.values("price_centimes")[:1])
    bands = [
        When(
            Q(least__gte=band.least_centimes) & (Q(least__lt=band.most_centimes) if band.most_centimes else Q()),
            then=Value(band.code),
        )
        for band in BANDS
    ]
    return products.annotate(least=least).annotate(band=Case(*bands, default=Value("")))


def _by_index(products: QuerySet[Product], filters: ProductFilters, language: str, page: int, per_page: int) -> ProductList:
    answer = search(filters.text, "product", filters.narrowing, per_page, (page - 1) * per_page)
    ids: Sequence[int] = [hit.id for hit in answer.hits]
    return ProductList(
        tuple(card_rows_of(products, ids, language)) if ids else (),
        answer.total,
        page,
        bool(answer.cursor) and page < MOST_PAGES,
        answer.facets,
        is_widened=answer.is_widened,
        corrected=answer.corrected,
    )
