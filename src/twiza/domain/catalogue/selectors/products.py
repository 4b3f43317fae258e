"""Questions about products."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from twiza.domain.catalogue.models import Allergen, Photo, Product, ProductKind, ProductRating, ProductRecording, Variant
from twiza.domain.catalogue.selectors.claims import claims_something
from twiza.domain.directory.models import Organisation
from twiza.domain.directory.selectors import PublicRecording, cooperatives_run_by
from twiza.domain.directory.selectors.identity import registration_of_its
from twiza.domain.directory.selectors.opening import closing_of_its
from twiza.domain.directory.states import SHOWN_TO_ALL
from twiza.foundation.accounts.models import User
from twiza.kit.errors import NotFound
from twiza.kit.folding import fold_words

TASTED = 200


def products_on_sale() -> QuerySet[Product]:
    """What anybody may see, newest first, with all that a card shows."""
    return with_cards(Product.objects.filter(state=Product.State.PUBLISHED, cooperative__state__in=SHOWN_TO_ALL))


def with_cards(products: QuerySet[Product]) -> QuerySet[Product]:
    """With kind, cooperative, place, variants and photos, in a constant number of queries."""
    return products.select_related("kind", "cooperative__published_revision__commune__province").prefetch_related(
        "variants", "photos"
    )


class ProductPage(NamedTuple):
    """A product with what its page says first, and whether it is worth asking for its labels and its voice.

    `closed_until`: its cooperative takes no orders until then.
    """

    product: Product
    registration: str
    closed_until: date | None
    is_claiming: bool
    is_told: bool
    rating: ProductRating | None


def page_of_product(products: QuerySet[Product], slug: str) -> ProductPage | None:
    """The one of `products` behind this address. Joined instead of asked beside, all this took longer to plan than to find."""
    registration, closing = registration_of_its("cooperative"), closing_of_its("cooperative")
    recorded = Exists(ProductRecording.objects.filter(product=OuterRef("pk")))
    beside = {"registration": registration, "closed_until": closing, "is_claiming": claims_something(), "is_told": recorded}
    product = with_cards(products).select_related("rating").annotate(**beside).filter(slug=slug).first()
    if product is None:
        return None
    said = vars(product)
    return ProductPage(
        product,
        said["registration"] or "",
        said["closed_until"],
        is_claiming=said["is_claiming"],
        is_told=said["is_told"],
        rating=getattr(product, "rating", None),
    )


def matching(products: QuerySet[Product], words: str) -> QuerySet[Product]:
    """Those whose names hold every word, in any script, whatever the accents."""
    for word in fold_words(words).split()[:8]:
        products = products.filter(folded_names__contains=word)
    return products


def a_choice_of(products: QuerySet[Product], how_many: int) -> list[int]:
    """The ids of some of the newest, of as many cooperatives and kinds as there are, for a page that gives a taste of all."""
    newest = list(products.prefetch_related(None).select_related(None).values_list("pk", "cooperative_id", "kind_id")[:TASTED])
    turns: Counter[int] = Counter()
    kinds_seen: Counter[str] = Counter()
    ranked = []
    for place, (pk, cooperative, kind) in enumerate(newest):
        ranked.append((turns[cooperative] + kinds_seen[kind], place, pk))
        turns[cooperative] += 1
        kinds_seen[kind] += 1
    return [pk for _turn, _place, pk in sorted(ranked)[:how_many]]


def product_by_slug(slug: str) -> Product:
    """A product on sale. Raises NotFound."""
    product = products_on_sale().filter(slug=slug).first()
    if product is None:
        raise NotFound
    return product


def variant_on_sale(variant_id: int) -> Variant | None:
    variant = Variant.objects.select_related("product__cooperative").filter(pk=variant_id, retired_at__isnull=True).first()
    return variant if variant is not None and variant.product.is_on_sale else None


def products_of(cooperative: Organisation) -> Sequence[Product]:
    """A cooperative's products that are not retired, by short number. Ask for the cooperative through the viewer first."""
    products = Product.objects.filter(cooperative=cooperative).exclude(state=Product.State.RETIRED)
    return list(
        products.select_related("kind").prefetch_related("variants", "photos", "variants__stock").order_by("short_number")
    )


def retired_products_of(cooperative: Organisation) -> Sequence[Product]:
    """What a cooperative sells no more, by short number. Ask for the cooperative through the viewer first."""
    products = Product.objects.filter(cooperative=cooperative, state=Product.State.RETIRED)
    return list(products.select_related("kind").prefetch_related("variants", "photos").order_by("short_number"))


def get_product_for(viewer: User, slug: str) -> Product:
    """A product of one of the viewer's cooperatives. Another's does not exist for them (NotFound)."""
    product = with_cards(Product.objects.filter(slug=slug, cooperative__in=cooperatives_run_by(viewer))).first()
    if product is None:
        raise NotFound
    return product


def get_variant_for(viewer: User, variant_id: int) -> Variant:
    """A variant of one of the viewer's cooperatives. Another's does not exist for them (NotFound)."""
    variants = Variant.objects.select_related("product__cooperative", "product__kind")
    variant = variants.filter(pk=variant_id, product__cooperative__in=cooperatives_run_by(viewer)).first()
    if variant is None:
        raise NotFound
    return variant


def get_product_photo(product: Product, photo_id: int) -> Photo:
    """One of the product's own photos. Ask for the product through the viewer first. Raises NotFound."""
    photo = Photo.objects.filter(product=product, pk=photo_id).select_related("product__cooperative").first()
    if photo is None:
        raise NotFound
    return photo


def families() -> Sequence[ProductKind]:
    """The families of products, in the order they are shown."""
    return list(ProductKind.objects.filter(family__isnull=True))


def kinds() -> Sequence[ProductKind]:
    """Every kind a product can be of, with its family."""
    return list(ProductKind.objects.filter(family__isnull=False).select_related("family"))


def families_and_kinds() -> Sequence[ProductKind]:
    """All of them, in the order they are shown."""
    return list(ProductKind.objects.all())


def families_and_kinds_beside(code: str) -> Sequence[ProductKind]:
    """The families, and the kinds of the one that has this code or a kind with it; in the order they are shown."""
    shown = Q(family__isnull=True)
    if code:
        shown |= Q(family=code) | Q(family__in=ProductKind.objects.filter(code=code).values("family"))
    return list(ProductKind.objects.filter(shown))


def recording_of_product(product: Product) -> PublicRecording | None:
    """How it is made, told aloud."""
    told = ProductRecording.objects.filter(product=product).first()
    if told is None:
        return None
    return PublicRecording(
        url=told.file.url,
        media_type=told.media_type,
        size_bytes=told.size_bytes,
        seconds=told.seconds,
        language=told.language,
        language_name=told.get_language_display(),
        transcript=told.transcript,
    )


def kind_with(code: str) -> ProductKind | None:
    """The kind or family with this code; nothing is asked for none."""
    return ProductKind.objects.filter(code=code).first() if code else None


def allergen_names(codes: Sequence[str]) -> list[str]:
    """In the reader's words, in the order of a label."""
    return [str(allergen.label) for allergen in Allergen if allergen.value in codes]
