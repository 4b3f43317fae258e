"""Products as the components show them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from django.core.files.storage import default_storage
from django.template.loader import get_template
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _

from twiza.domain.catalogue.rules import Buying, SaleTerms, how_it_can_be_bought
from twiza.domain.catalogue.selectors import CardRow, card_rows_with, ids_of
from twiza.domain.inventory.selectors import Left, what_is_left
from twiza.domain.orders.selectors import left_under
from twiza.entrypoints.ui.amounts import write_dirhams
from twiza.entrypoints.ui.pictures import shown_photo
from twiza.entrypoints.web.kept_parts import KeptParts
from twiza.kit import clock
from twiza.kit.months import months_in_words
from twiza.kit.quantities import named_content, unit_price, unit_word

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from twiza.domain.catalogue.models import Product
    from twiza.domain.catalogue.selectors import CardPhoto

FEW_LEFT = 5
SHORT_LABELS = {
    "aop": pgettext_lazy("mark on a card", "AOP"),
    "igp": pgettext_lazy("mark on a card", "IGP"),
    "label_agricole": pgettext_lazy("mark on a card", "Label Agricole"),
    "bio": pgettext_lazy("mark on a card", "Organic"),
    "artisanat": pgettext_lazy("mark on a card", "Crafts label"),
    "fair_trade": pgettext_lazy("mark on a card", "Fair trade"),
}


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
    avif: str = ""
    alt: str = ""
    colour: str = ""
    focus: str = ""
    anchor: str = ""
    rated: int = 0
    average: str = ""
    topics: tuple[str, ...] = ()  # what the card is made of, for pages that are kept

    @cached_property
    def html(self) -> str:
        """As lists show it."""
        return get_template("ui/card_product.html").render(vars(self))


class CardKey(NamedTuple):
    """What a card looks like depends on the day too: seasons, closed days, labels."""

    product: int
    store: str
    language: str
    day: date


KEPT: KeptParts[CardKey, ProductCard] = KeptParts(most=4_000)


def product_cards(products: QuerySet[Product], store: str = "") -> list[ProductCard]:
    """Cards in the products' order, with stock asked once for all of them."""
    return cards_with(ids_of(products), store)


def product_cards_of(products: QuerySet[Product], ids: Sequence[int], store: str = "") -> list[ProductCard]:
    """Cards of those of `products` with these ids, in the order of the ids."""
    return cards_with(ids_of(products, ids), store)


def cards_with(ids: Iterable[int], store: str = "") -> list[ProductCard]:
    """Cards of products that a question has just found to be shown, in this order. Those in memory are not made again."""
    language, today = _language(), clock.today()
    return KEPT.of([CardKey(pk, store, language, today) for pk in ids], _make)


def topics_of(cards: Iterable[ProductCard]) -> Iterator[str]:
    """Of what these cards are made, on a page that is made of `organisations` itself."""
    return (topic for card in cards for topic in card.topics if not topic.startswith("organisation:"))


def cards_of_rows(rows: Sequence[CardRow], store: str = "", left: Mapping[int, Left] | None = None) -> list[ProductCard]:
    """Cards of products already read; so much is `left` of their sizes, when that was asked already."""
    return _cards(list(rows), store, left)


def _make(keys: list[CardKey]) -> dict[CardKey, ProductCard]:
    """All of one page: they differ by their product only."""
    rows = card_rows_with([key.product for key in keys], keys[0].language)
    return dict(zip((keys[0]._replace(product=row.id) for row in rows), _cards(rows, keys[0].store), strict=True))


def product_url(product: Product, store: str = "") -> str:
    if store:
        return reverse("web:store-product", args=[store, product.slug])
    return reverse("web:product", args=[product.slug])


def unit_price_words(price_centimes: int, net_content: Decimal, net_unit: str) -> str:
    """`240 DH/kg`, in the reader's language; nothing for a single piece."""
    found = unit_price(price_centimes, net_content, net_unit)
    if found is None:
        return ""
    centimes, unit = found
    return f"{write_dirhams(centimes, _language())}/{unit_word(unit, _language())}"


def average_words(stars: int, rated: int) -> str:
    """Of so many `stars` that so many buyers gave: `4,6` in French; nothing when nobody gave any."""
    return number_format(round(stars / rated, 1), 1) if rated else ""


def _language() -> str:
    return get_language() or "fr"


def _cards(rows: list[CardRow], store: str, known: Mapping[int, Left] | None = None) -> list[ProductCard]:
    left = known if known is not None else what_is_left(variant.id for row in rows for variant in row.variants)
    here = left_under(store, [row.id for row in rows]) if store and rows else {}
    address, today = _address(store), clock.today()
    return [
        _card(row, _mark(row.terms, [left[variant.id] for variant in row.variants], today, here.get(row.id)), address, store)
        for row in rows
    ]


def _address(store: str) -> str:
    """The address of any product there, its slug left open: reversing once costs less than for each."""
    return reverse("web:store-product", args=[store, "SLUG"]) if store else reverse("web:product", args=["SLUG"])


def _card(row: CardRow, mark: str, address: str, store: str) -> ProductCard:
    cheapest = row.cheapest
    return ProductCard(
        url=address.replace("SLUG", row.slug),
        name=row.name,
        content=named_content(cheapest.name, cheapest.net_content, cheapest.net_unit, _language(), is_about=cheapest.is_weighed),
        who=row.cooperative,
        where=row.commune,
        price=cheapest.price_centimes,
        price_from=len(row.variants) > 1,
        unit_price=unit_price_words(cheapest.price_centimes, cheapest.net_content, cheapest.net_unit),
        mark=mark or str(SHORT_LABELS.get(row.label, "")),
        rated=row.rated,
        average=average_words(row.stars, row.rated),
        drawing=row.drawing,
        tint=row.tint,
        **_photo(row.photo),
        topics=_topics(row, store),
    )


def _topics(row: CardRow, store: str) -> tuple[str, ...]:
    stock = (f"stock:{variant.id}" for variant in row.variants)
    # What is left here and whose name stands on it besides its own facts.
    return (
        f"product:{row.id}",
        *stock,
        f"organisation:{row.cooperative_id}",
        "kinds",
        "labels",
        *(["storefronts"] if store else []),
    )


def _photo(photo: CardPhoto | None) -> dict[str, str]:
    if photo is None:
        return {}
    addresses = {"small": default_storage.url(photo.small), "medium": default_storage.url(photo.medium)}
    shown = shown_photo(addresses, has_avif=photo.has_avif, colour=photo.colour, focus=photo.focus)
    sources = {"src": shown.src, "srcset": shown.srcset, "avif": shown.avif}
    return {**sources, "alt": photo.alt, "colour": shown.colour, "focus": shown.focus, "anchor": shown.anchor}


def _mark(terms: SaleTerms, sizes: Sequence[Left], today: date, left_here: int | None) -> str:
    """What is special about buying it today, of all its sizes together; `left_here` is what a storefront's quota leaves."""
    ways = [how_it_can_be_bought(terms, left.saleable, left.reservable, today) for left in sizes]
    possible = [buying for buying in ways if buying.is_possible]
    if terms.closed_until is not None and terms.is_closed(today):
        return _("Closed until %(day)s") % {"day": date_format(terms.closed_until, "j F")}
    if left_here is not None and left_here < sum(buying.most for buying in possible) and left_here <= FEW_LEFT:
        return words_of_left_here(left_here)
    if any(buying.is_made_to_order for buying in possible):
        return _("Made to order")
    if possible and all(buying.is_preorder for buying in possible):
        return _("To reserve")
    if not possible and any(buying.is_out_of_season for buying in ways):
        return months_in_words(terms.season_months)
    return _mark_of_stock(sum(left.saleable for left in sizes))


def few_here(buying: Buying, left_here: int | None) -> str:
    """Words for what a storefront's quota leaves of something that could be bought, when that is few; else nothing."""
    is_said = left_here is not None and buying.is_possible and left_here < buying.most and left_here <= FEW_LEFT
    return words_of_left_here(left_here or 0) if is_said else ""


def words_of_left_here(left: int) -> str:
    """How few a storefront may still give."""
    return _("Only %(left)s left here") % {"left": left} if left > 0 else _("No more here")


def _mark_of_stock(left: int) -> str:
    if left <= 0:
        return _("Sold out")
    return _("Only %(left)s left") % {"left": left} if left <= FEW_LEFT else ""
