"""What of the catalogue can be found: every product on sale; and a cooperative by what it sells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from twiza.domain.catalogue.models import Product
from twiza.domain.catalogue.selectors import matching, products_on_sale
from twiza.domain.directory.search import labels_held, place_names
from twiza.foundation.search.documents import Document, Hit, contribute, follow, offer

KIND = "product"
AT_ONCE = 1_000


def products_to_find(ids: Collection[int] | None) -> Iterator[Document]:
    """Those with these ids, or all; whatever is not on sale is left out."""
    on_sale = (
        products_on_sale()
        .prefetch_related(None)
        .prefetch_related("variants")
        .select_related("kind__family", "cooperative__published_revision__province__region")
        .order_by("pk")
    )
    if ids is not None:
        on_sale = on_sale.filter(pk__in=list(ids))
    last = 0
    while some := list(on_sale.filter(pk__gt=last)[:AT_ONCE]):
        labels = labels_held({product.cooperative_id for product in some})
        yield from (_document(product, labels.get(product.cooperative_id, ())) for product in some)
        last = some[-1].pk


def _document(product: Product, labels: tuple[str, ...]) -> Document:
    revision = product.cooperative.published_revision
    province = revision.province if revision else None
    makers = (revision.name_fr, revision.name_ar, *place_names(revision)) if revision else ()
    return Document(
        kind=KIND,
        id=product.pk,
        slug=product.slug,
        names={"fr": product.name_fr, "ar": product.name_ar, "zgh": product.name_zgh, "en": product.name_en},
        words=(*_kind_names(product), *makers),
        region=province.region_id if province else "",
        province=province.code if province else "",
        sectors=tuple(revision.sectors) if revision else (),
        labels=labels,
        is_womens=bool(revision and revision.is_womens),
        sells_online=True,
        price_centimes=min((variant.price_centimes for variant in product.live_variants), default=0),
    )


def _kind_names(product: Product) -> list[str]:
    kinds = [product.kind, product.kind.family]
    return [name for kind in kinds if kind for name in (kind.name_fr, kind.name_ar, kind.name_zgh, kind.name_en)]


def words_of_products(cooperative_ids: Collection[int]) -> Mapping[int, tuple[str, ...]]:
    """The names of what these cooperatives sell, of its kinds and of their families."""
    on_sale = Product.objects.filter(state=Product.State.PUBLISHED, cooperative__in=list(cooperative_ids))
    names = [f"{of}name_{language}" for of in ("", "kind__", "kind__family__") for language in ("fr", "ar", "zgh", "en")]
    said: dict[int, dict[str, None]] = defaultdict(dict)
    for cooperative, *written in on_sale.order_by("pk").values_list("cooperative", *names):
        said[cooperative].update(dict.fromkeys(filter(None, written)))
    return {cooperative: tuple(words) for cooperative, words in said.items()}


def products_of_cooperatives(cooperative_ids: Collection[int]) -> Iterable[int]:
    """What is found by the names, places and labels of these cooperatives, and while they are shown."""
    return Product.objects.filter(cooperative__in=list(cooperative_ids)).order_by("pk").values_list("pk", flat=True)


def _by_name(text: str, limit: int) -> list[Hit]:
    found = matching(products_on_sale(), text)[:limit]
    return [Hit(KIND, product.pk, product.slug, {"": product.name}, 0.0) for product in found]


offer(KIND, products_to_find, _by_name)
contribute("cooperative", words_of_products)
follow("cooperative", KIND, products_of_cooperatives)
