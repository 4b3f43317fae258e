"""What an operator that looks first has still to look at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from twiza.domain.catalogue.models import Product
from twiza.domain.directory.models import Organisation
from twiza.domain.storefronts.models import ProductReview, Storefront, StorefrontTrust

# What a buyer reads of a product; prices and stock are the cooperative's own.
READ = (
    "name_fr", "name_ar", "name_zgh", "name_en", "kind_id", "story_fr", "story_ar", "ingredients_fr", "ingredients_ar",
    "allergens", "storage_fr", "storage_ar", "origin_fr", "origin_ar",
)  # fmt: skip
MOST_WAITING = 200


@dataclass(frozen=True)
class WaitingProduct:
    """A product to look at; `review` is what was decided last, when it has changed since; None when it is new."""

    product: Product
    review: ProductReview | None

    @property
    def is_new(self) -> bool:
        return self.review is None


def read_today(product: Product) -> dict[str, Any]:
    """What a buyer reads of it today, to be compared. Prefetch `photos` with it."""
    said = {name: getattr(product, name) for name in READ}
    return {**said, "photos": sorted(photo.pk for photo in product.photos.all())}


def held_back(storefront: Storefront, sold: QuerySet[Product]) -> QuerySet[Product, int]:
    """The ids of those of `sold` that it does not show: nobody has looked yet, or somebody said no."""
    shown = ProductReview.objects.filter(storefront=storefront, is_shown=True).order_by().values("product")
    waiting = sold.exclude(cooperative__in=trusted_by(storefront)).exclude(pk__in=shown)
    return waiting.order_by().values_list("pk", flat=True)


def trusted_by(storefront: Storefront) -> QuerySet[StorefrontTrust, int]:
    """The ids of the cooperatives whose products it shows without looking."""
    return StorefrontTrust.objects.filter(storefront=storefront).order_by().values_list("cooperative_id", flat=True)


def products_to_look_at(storefront: Storefront, sold: QuerySet[Product]) -> Sequence[WaitingProduct]:
    """New and changed products of those of `sold`, the longest waiting first, MOST_WAITING at most.

    Those of a trusted cooperative do not wait.
    """
    if not storefront.looks_first:
        return []
    among = sold.exclude(cooperative__in=trusted_by(storefront)).order_by("published_at", "pk")
    found: list[WaitingProduct] = []
    for waiting in _waiting(storefront, among):
        found.append(waiting)
        if len(found) == MOST_WAITING:
            break
    return found


def _waiting(storefront: Storefront, among: QuerySet[Product]) -> Iterator[WaitingProduct]:
    reviews = {review.product_id: review for review in ProductReview.objects.filter(storefront=storefront)}
    for product in among.prefetch_related("photos", "variants").select_related("kind", "cooperative__published_revision"):
        review = reviews.get(product.pk)
        if review is None or review.seen != read_today(product):
            yield WaitingProduct(product, review)


def refusals_of(product: Product) -> Sequence[ProductReview]:
    """The storefronts that do not show it, and why; for whoever may edit it."""
    said = ProductReview.objects.filter(product=product, is_shown=False, storefront__looks_first=True)
    return list(said.select_related("storefront"))


def trusted_cooperatives(storefront: Storefront) -> Sequence[Organisation]:
    """The same, with their names."""
    return list(Organisation.objects.filter(pk__in=trusted_by(storefront)).select_related("published_revision").order_by("slug"))


def review_of(storefront: Storefront, product_id: int) -> ProductReview | None:
    """What was decided last on this product there."""
    return ProductReview.objects.filter(Q(storefront=storefront), product=product_id).first()
