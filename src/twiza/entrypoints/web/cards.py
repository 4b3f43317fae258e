"""Products as the components show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from twiza.domain.inventory.selectors import saleable_quantities
from twiza.entrypoints.ui.amounts import write_dirhams
from twiza.kit.quantities import unit_word

if TYPE_CHECKING:
    from twiza.domain.catalogue.models import Product, Variant

FEW_LEFT = 5


@dataclass(frozen=True)
class ProductCard:
    """The four things a card says, and at most one mark."""

    url: str
    name: str
    content: str
    who: str
    where: str
    price: int
    price_from: bool
    unit_price: str
    mark: str
    drawing: str
    tint: str
    src: str = ""
    srcset: str = ""
    alt: str = ""


def product_cards(products: Iterable[Product], store: str = "") -> list[ProductCard]:
    """Cards in the products' order, with stock asked once for all of them."""
    shown = [product for product in products if product.live_variants]
    left = saleable_quantities(variant.pk for product in shown for variant in product.live_variants)
    return [_card(product, sum(left[variant.pk] for variant in product.live_variants), store) for product in shown]


def product_url(product: Product, store: str = "") -> str:
    if store:
        return reverse("web:store-product", args=[store, product.slug])
    return reverse("web:product", args=[product.slug])


def unit_price_words(variant: Variant) -> str:
    """`240 DH/kg`, in the reader's language; nothing for a single piece."""
    found = variant.unit_price
    if found is None:
        return ""
    centimes, unit = found
    language = get_language() or "fr"
    return f"{write_dirhams(centimes, language)}/{unit_word(unit, language)}"


def _card(product: Product, left: int, store: str) -> ProductCard:
    cheapest = min(product.live_variants, key=lambda variant: variant.price_centimes)
    revision = product.cooperative.published_revision
    photo = next(iter(product.photos.all()), None)
    return ProductCard(
        url=product_url(product, store),
        name=product.name,
        content=cheapest.content,
        who=product.cooperative.name,
        where=revision.commune.name if revision and revision.commune else "",
        price=cheapest.price_centimes,
        price_from=len(product.live_variants) > 1,
        unit_price=unit_price_words(cheapest),
        mark=_mark(left),
        drawing=product.kind.drawing,
        tint=product.kind.tint,
        src=photo.medium.url if photo else "",
        srcset=f"{photo.small.url} 240w, {photo.medium.url} 480w" if photo else "",
        alt=photo.alt if photo else "",
    )


def _mark(left: int) -> str:
    if left <= 0:
        return _("Sold out")
    return _("Only %(left)s left") % {"left": left} if left <= FEW_LEFT else ""
