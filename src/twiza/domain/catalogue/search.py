"""What of the catalogue can be found: every product on sale; and a cooperative by what it sells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from django.db.models import Min, QuerySet

from twiza.domain.catalogue.models import Product, ProductKind, Variant
from twiza.domain.catalogue.selectors import band_of, matching, products_on_sale, schemes_of
from twiza.domain.directory.search import Described, described
from twiza.domain.directory.states import SHOWN_TO_ALL
from twiza.foundation.search.documents import Document, Hit, contribute, follow, offer

KIND = "product"
MAKERS_AT_ONCE = 200


class _OnSale(NamedTuple):
    """Plain values: models for all would take minutes."""

    id: int
    slug: str
    cooperative: int
    kind: str
    name_fr: str
    name_ar: str
    name_zgh: str
    name_en: str
    season_months: list[int]


def products_to_find(ids: Collection[int] | None) -> Iterator[Document]:
    """Those with these ids, or all; whatever is not on sale is left out."""
    on_sale = Product.objects.filter(state=Product.State.PUBLISHED, cooperative__state__in=SHOWN_TO_ALL)
    if ids is not None:
        on_sale = on_sale.filter(pk__in=list(ids))
    rows = on_sale.order_by("cooperative", "pk").values_list("pk", *_OnSale._fields[1:])
    kinds = {kind.code: kind for kind in ProductKind.objects.select_related("family")}
    selling = list(on_sale.order_by("cooperative").values_list("cooperative", flat=True).distinct())
    # Cooperative by cooperative: what is said of the maker is asked for once, not for each product.
    for begin in range(0, len(selling), MAKERS_AT_ONCE):
        makers = described(selling[begin : begin + MAKERS_AT_ONCE])
        some = [_OnSale(*row) for row in rows.filter(cooperative__in=selling[begin : begin + MAKERS_AT_ONCE])]
        prices = _least_prices([product.id for product in some])
        carried = schemes_of([product.id for product in some])
        for product in some:
            price, labels = prices.get(product.id, 0), carried.get(product.id, ())
            yield _document(product, kinds[product.kind], makers.get(product.cooperative), price, labels)


def _document(
    product: _OnSale, kind: ProductKind, maker: Described | None, price_centimes: int, labels: tuple[str, ...]
) -> Document:
    return Document(
        kind=KIND,
        id=product.id,
        slug=product.slug,
        names={"fr": product.name_fr, "ar": product.name_ar, "zgh": product.name_zgh, "en": product.name_en},
        nature=_names_of(kind),
        places=maker.places if maker else (),
        words=(_names_of(kind.family), (maker.name_fr, maker.name_ar) if maker else ()),
        region=(maker and maker.region) or "",
        province=(maker and maker.province) or "",
        sectors=tuple(maker.sectors) if maker else (),
        labels=labels,
        made=(kind.code, *filter(None, [kind.family_id])),
        band=band_of(price_centimes),
        months=tuple(map(str, product.season_months)),
        owner=product.cooperative,
        is_womens=bool(maker and maker.is_womens),
        sells_online=True,
        price_centimes=price_centimes,
    )


def _least_prices(product_ids: Collection[int]) -> dict[int, int]:
    """Centimes of the cheapest that can still be bought of each."""
    live = Variant.objects.filter(product__in=list(product_ids), retired_at__isnull=True).order_by()
    return dict(live.values_list("product").annotate(least=Min("price_centimes")))


def _names_of(kind: ProductKind | None) -> tuple[str, ...]:
    return (kind.name_fr, kind.name_ar, kind.name_zgh, kind.name_en) if kind else ()


def words_of_products(cooperative_ids: Collection[int]) -> Mapping[int, tuple[tuple[str, ...], ...]]:
    """The names of what these cooperatives sell, of its kinds and of their families."""
    kinds = {kind.code: (_names_of(kind), _names_of(kind.family)) for kind in ProductKind.objects.select_related("family")}
    on_sale = Product.objects.filter(state=Product.State.PUBLISHED, cooperative__in=list(cooperative_ids))
    said: dict[int, dict[tuple[str, ...], None]] = defaultdict(dict)
    told = on_sale.order_by("pk").values_list("cooperative", "kind", "name_fr", "name_ar", "name_zgh", "name_en")
    for cooperative, kind, *names in told:
        said[cooperative].update(dict.fromkeys([tuple(names), *kinds[kind]]))
    return {cooperative: tuple(words) for cooperative, words in said.items()}


def sellers() -> QuerySet[Product, int]:
    """The ids of the cooperatives that sell something."""
    return Product.objects.filter(state=Product.State.PUBLISHED).order_by().values_list("cooperative_id", flat=True)


def products_of_cooperatives(cooperative_ids: Collection[int]) -> Iterable[int]:
    """What is found by the names, places and labels of these cooperatives, and while they are shown."""
    return Product.objects.filter(cooperative__in=list(cooperative_ids)).order_by("pk").values_list("pk", flat=True)


def _by_name(text: str, limit: int) -> list[Hit]:
    found = matching(products_on_sale(), text)[:limit]
    return [Hit(KIND, product.pk, product.slug, {"": product.name}, 0.0) for product in found]


offer(KIND, products_to_find, _by_name)
contribute("cooperative", words_of_products, sellers)
follow("cooperative", KIND, products_of_cooperatives)
