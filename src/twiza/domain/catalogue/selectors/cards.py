"""What a card says of a product, read as plain values: a list of 24 costs three questions and no model instances."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet

from twiza.domain.catalogue.models import Photo, Product, Variant
from twiza.domain.catalogue.rules import SaleTerms
from twiza.domain.catalogue.selectors.claims import claims_that_hold, strongest_of
from twiza.domain.catalogue.selectors.paging import Key
from twiza.domain.directory.models.revision import LATIN_FIRST, NAME_ORDER
from twiza.kit import clock
from twiza.kit.translations import first_filled

NAMES = ("name_fr", "name_ar", "name_zgh", "name_en")
TERMS = ("season_months", "made_to_order_days", "preorder_ships_by")
CLOSING = ("takes_no_orders", "closed_from", "closed_until")
REVISION = "cooperative__published_revision__"
SHOWN = (
    "pk", "published_at", "slug", "cooperative_id", *NAMES, "kind__drawing", "kind__tint", *TERMS,
    *(f"cooperative__opening_times__{name}" for name in CLOSING),
    *(f"{REVISION}{name}" for name in LATIN_FIRST), f"{REVISION}commune__name_fr", f"{REVISION}commune__name_ar",
)  # fmt: skip


class CardVariant(NamedTuple):
    """One size of a product. `net_content` is in `net_unit` (g, ml or piece)."""

    id: int
    price_centimes: int
    net_content: Decimal
    net_unit: str
    name: str
    is_weighed: bool


class CardPhoto(NamedTuple):
    """File names of the smaller pictures, to be turned into addresses by the page; `focus` in hundredths from its top left."""

    small: str
    medium: str
    alt: str
    has_avif: bool = False
    colour: str = ""
    focus: tuple[int, int] = (50, 50)


@dataclass(frozen=True, slots=True)
class CardRow:
    """A product as lists show it, in one reader's language; its variants by position; `label` is one scheme it carries."""

    id: int
    slug: str
    cooperative_id: int
    name: str
    cooperative: str
    commune: str
    drawing: str
    tint: str
    variants: tuple[CardVariant, ...]
    photo: CardPhoto | None
    terms: SaleTerms
    label: str = ""

    @property
    def cheapest(self) -> CardVariant:
        return min(self.variants, key=lambda variant: variant.price_centimes)


def card_rows(products: QuerySet[Product], language: str) -> list[CardRow]:
    """Those of `products` that have a size to buy, in its order. Three questions, however many there are."""
    return rows_with_keys(products, language)[0]


def rows_with_keys(products: QuerySet[Product], language: str) -> tuple[list[CardRow], list[Key]]:
    """The same, and where each of `products` stands among the newest, also those without a size."""
    carried = ArraySubquery(claims_that_hold().filter(product=OuterRef("pk")).order_by().values("accreditation__scheme"))
    found = list(products.select_related(None).prefetch_related(None).values_list(*SHOWN, carried))
    ids = [row[0] for row in found]
    variants, photos = _variants_of(ids, language), _photos_of(ids, language)
    today = clock.today()
    rows = [_row(row, variants[row[0]], photos.get(row[0]), language, today) for row in found if row[0] in variants]
    return rows, [Key(row[1], row[0]) for row in found]


def card_rows_of(products: QuerySet[Product], ids: Sequence[int], language: str) -> list[CardRow]:
    """The same, of those of `products` with these ids, in the order of the ids."""
    found = {row.id: row for row in card_rows(products.filter(pk__in=ids).order_by(), language)}
    return [found[pk] for pk in ids if pk in found]


def _row(row: tuple[Any, ...], variants: tuple[CardVariant, ...], photo: CardPhoto | None, language: str, today: date) -> CardRow:
    pk, _moment, slug, cooperative_id, fr, ar, zgh, en, drawing, tint, months, days, ships_by, *of_the_cooperative, schemes = row
    takes_no_orders, closed_from, closed_until, *of_the_cooperative = of_the_cooperative
    is_closed = takes_no_orders and closed_from <= today <= closed_until
    coop_fr, coop_ar, coop_zgh, commune_fr, commune_ar = of_the_cooperative
    called = {"name_fr": coop_fr, "name_ar": coop_ar, "name_zgh": coop_zgh}
    return CardRow(
        pk,
        slug,
        cooperative_id,
        name=first_filled(language, fr=fr, ar=ar, zgh=zgh, en=en),
        cooperative=next((called[field] for field in NAME_ORDER.get(language, LATIN_FIRST) if called[field]), ""),
        commune=(commune_ar if language == "ar" else commune_fr) or "",
        drawing=drawing,
        tint=tint,
        variants=variants,
        photo=photo,
        terms=SaleTerms(tuple(months), days, ships_by, closed_until if is_closed else None),
        label=strongest_of(schemes),
    )


def _variants_of(product_ids: Iterable[int], language: str) -> dict[int, tuple[CardVariant, ...]]:
    rows = Variant.objects.filter(product_id__in=product_ids, retired_at=None).order_by("position", "pk")
    found: dict[int, tuple[CardVariant, ...]] = {}
    fields = ("product_id", "pk", "price_centimes", "net_content", "net_unit", "name_fr", "name_ar", "sale_mode")
    for product, pk, price, content, unit, fr, ar, mode in rows.values_list(*fields):
        one = CardVariant(pk, price, content, unit, first_filled(language, fr=fr, ar=ar), mode == Variant.SaleMode.WEIGHED)
        found[product] = (*found.get(product, ()), one)
    return found


def _photos_of(product_ids: Iterable[int], language: str) -> dict[int, CardPhoto]:
    """The first photo of each that is ready to be seen."""
    rows = Photo.objects.filter(product_id__in=product_ids).exclude(large="").order_by("-position", "-pk")
    fields = ("product_id", "small", "medium", "alt_fr", "alt_ar", "has_avif", "colour", "focus_x", "focus_y")
    return {
        product: CardPhoto(small, medium, first_filled(language, fr=fr, ar=ar), has_avif, colour, (x, y))
        for product, small, medium, fr, ar, has_avif, colour, x, y in rows.values_list(*fields)
    }
