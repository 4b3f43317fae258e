"""What a card says of a product, read as plain values: a list of 24 costs one question, or two with labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import Cast, JSONObject

from twiza.domain.catalogue.models import Photo, Product, Variant
from twiza.domain.catalogue.rules import SaleTerms
from twiza.domain.catalogue.selectors.claims import claims_something, schemes_of, strongest_of
from twiza.domain.catalogue.selectors.paging import Key
from twiza.domain.directory.models.revision import LATIN_FIRST, NAME_ORDER
from twiza.kit import clock
from twiza.kit.translations import first_filled

NAMES = ("name_fr", "name_ar", "name_zgh", "name_en")
TERMS = ("season_months", "made_to_order_days", "preorder_ships_by")
RATING = ("rating__number", "rating__stars")
CLOSING = ("takes_no_orders", "closed_from", "closed_until")
REVISION = "cooperative__published_revision__"
SHOWN = (
    "pk", "published_at", "slug", "cooperative_id", *NAMES, "kind__drawing", "kind__tint", *TERMS, *RATING,
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
    """A product as lists show it, in one reader's language; its variants by position; `label` is one scheme it carries.

    So many buyers `rated` it, with so many `stars` together.
    """

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
    rated: int = 0
    stars: int = 0

    @property
    def cheapest(self) -> CardVariant:
        return min(self.variants, key=lambda variant: variant.price_centimes)


def card_rows(products: QuerySet[Product], language: str) -> list[CardRow]:
    """Those of `products` that have a size to buy, in its order. One question, two with labels, however many there are."""
    return rows_with_keys(products, language)[0]


def rows_with_keys(products: QuerySet[Product], language: str) -> tuple[list[CardRow], list[Key]]:
    """The same, and where each of `products` stands among the newest, also those without a size."""
    bare = products.select_related(None).prefetch_related(None)
    found = list(bare.values_list(*SHOWN, claims_something(), _sizes(), _first_photo()))
    claiming = [row[0] for row in found if row[-3]]
    # Few claim a label; which of them holds is asked of those alone, for it takes seven tables.
    held, today = schemes_of(claiming) if claiming else {}, clock.today()
    rows = [_row(row, held.get(row[0], ()), language, today) for row in found if row[-2]]
    return rows, [Key(row[1], row[0]) for row in found]


def card_rows_of(products: QuerySet[Product], ids: Sequence[int], language: str) -> list[CardRow]:
    """The same, of those of `products` with these ids, in the order of the ids."""
    found = {row.id: row for row in card_rows(products.filter(pk__in=ids).order_by(), language)}
    return [found[pk] for pk in ids if pk in found]


def card_rows_with(ids: Sequence[int], language: str) -> list[CardRow]:
    """The same, of products that a question has just found to be shown."""
    return card_rows_of(Product.objects.all(), ids, language)


def ids_of(products: QuerySet[Product], ids: Sequence[int] | None = None) -> list[int]:
    """The ids of `products`, in its order; of those with these `ids`, in theirs."""
    bare = products.select_related(None).prefetch_related(None)
    if ids is None:
        return list(bare.values_list("pk", flat=True))
    found = set(bare.filter(pk__in=ids).order_by().values_list("pk", flat=True)) if ids else set()
    return [pk for pk in ids if pk in found]


def keys_of(products: QuerySet[Product]) -> list[Key]:
    """Where each of `products` stands among the newest, in its order."""
    bare = products.select_related(None).prefetch_related(None)
    return [Key(moment, pk) for moment, pk in bare.values_list("published_at", "pk") if moment is not None]


def _sizes() -> ArraySubquery:
    """Those of a product that can be bought, as `CardVariant` in JSON; amounts as text, which keeps them exact."""
    live = Variant.objects.filter(product=OuterRef("pk"), retired_at=None).order_by("position", "pk")
    content = Cast("net_content", TextField())
    return ArraySubquery(
        live.values(
            json=JSONObject(
                id="pk", price="price_centimes", content=content, unit="net_unit", fr="name_fr", ar="name_ar", mode="sale_mode"
            )
        )
    )


def _first_photo() -> Subquery:
    """The first of a product that is ready to be seen, in JSON."""
    ready = Photo.objects.filter(product=OuterRef("pk")).exclude(large="").order_by("position", "pk")
    fields = ("small", "medium", "alt_fr", "alt_ar", "has_avif", "colour", "focus_x", "focus_y")
    return Subquery(ready.values(json=JSONObject(**{name: name for name in fields}))[:1])


def _row(row: tuple[Any, ...], schemes: Sequence[str], language: str, today: date) -> CardRow:
    *told, _claims, sizes, photo = row
    (
        pk,
        _moment,
        slug,
        cooperative_id,
        fr,
        ar,
        zgh,
        en,
        drawing,
        tint,
        months,
        days,
        ships_by,
        rated,
        stars,
        *of_the_cooperative,
    ) = told
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
        variants=tuple(_variant(one, language) for one in sizes),
        photo=_photo(photo, language),
        terms=SaleTerms(tuple(months), days, ships_by, closed_until if is_closed else None),
        label=strongest_of(schemes),
        rated=rated or 0,
        stars=stars or 0,
    )


def _variant(said: Mapping[str, Any], language: str) -> CardVariant:
    name = first_filled(language, fr=said["fr"], ar=said["ar"])
    is_weighed = said["mode"] == Variant.SaleMode.WEIGHED
    return CardVariant(said["id"], said["price"], Decimal(said["content"]), said["unit"], name, is_weighed)


def _photo(said: Mapping[str, Any] | None, language: str) -> CardPhoto | None:
    if said is None:
        return None
    alt = first_filled(language, fr=said["alt_fr"], ar=said["alt_ar"])
    focus = said["focus_x"], said["focus_y"]
    return CardPhoto(said["small"], said["medium"], alt, said["has_avif"], said["colour"], focus)
