"""What a storefront offers today, as those read it who show products elsewhere: shopping sites and social networks.

Read from the tables a few hundred products at a time, so that a catalogue of any size needs no more memory than a small one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from django.core.files.storage import default_storage

from twiza.domain.catalogue.rules import Buying, at_most, how_it_can_be_bought
from twiza.domain.catalogue.selectors import CardRow, CardVariant, Told, rows_in_turn, told_of
from twiza.domain.inventory.selectors import Left, what_is_left
from twiza.domain.orders.selectors import left_under
from twiza.domain.storefronts.selectors import products_shown_in
from twiza.entrypoints.web.public_address import absolute, address_in, address_in_store
from twiza.kit import clock
from twiza.kit.quantities import named_content, unit_price

if TYPE_CHECKING:
    from twiza.domain.storefronts.models import Storefront

# As many as those who read it take; and a visitor cannot keep a server busy for long.
MOST_PRODUCTS, AT_ONCE = 50_000, 500
SLUG = "a-slug"


@dataclass(frozen=True, slots=True)
class Offer:
    """One size of a product. `measure` is what is in it and `base_measure` what it is compared by, both with their unit (g, ml,
    kg, l or ct for pieces), empty for a single piece; `kinds` from the family to the kind; `ships_on` when it is reserved."""

    id: int
    product_id: int
    cooperative_id: int
    name: str
    content: str
    story: str
    kinds: tuple[str, ...]
    seller: str
    commune: str
    url: str
    picture: str
    price_centimes: int
    availability: str
    ships_on: date | None
    measure: str
    base_measure: str
    is_fictional: bool


def offers_in(storefront: Storefront, language: str) -> Iterator[Offer]:
    """Each size of each of the newest products that has a photo: nobody shows one without."""
    product_address = _product_address(storefront, language)
    for rows in islice(rows_in_turn(products_shown_in(storefront), language, AT_ONCE), MOST_PRODUCTS // AT_ONCE):
        pictured = [row for row in rows if row.photo is not None]
        ids = [row.id for row in pictured]
        left = what_is_left(variant.id for row in pictured for variant in row.variants)
        told = told_of(ids, language)
        here = {} if storefront.shows_everything else left_under(storefront.slug, ids)
        for row in pictured:
            url = product_address.replace(SLUG, row.slug)
            for size in row.variants:
                yield _offer(row, size, told[row.id], _buying(row, size, left, here), url, language)


def _product_address(storefront: Storefront, language: str) -> str:
    """The address of any product there, its slug left open."""
    if storefront.shows_everything:
        return address_in(language, "web:product", SLUG)
    return address_in_store(language, storefront.slug, "web:store-product", SLUG)


def _buying(row: CardRow, size: CardVariant, left: Mapping[int, Left], here: Mapping[int, int]) -> Buying:
    stock = left[size.id]
    return at_most(how_it_can_be_bought(row.terms, stock.saleable, stock.reservable, clock.today()), here.get(row.id))


def _offer(row: CardRow, size: CardVariant, told: Told, buying: Buying, url: str, language: str) -> Offer:
    measure, base_measure = _measures(size)
    return Offer(
        id=size.id,
        product_id=row.id,
        cooperative_id=row.cooperative_id,
        name=row.name,
        content=named_content(size.name, size.net_content, size.net_unit, language, is_about=size.is_weighed),
        story=told.story,
        kinds=told.kinds,
        seller=row.cooperative,
        commune=row.commune,
        url=url,
        picture=absolute(default_storage.url(row.photo.medium)) if row.photo else "",
        price_centimes=size.price_centimes,
        availability=_availability(buying),
        ships_on=buying.ships_by if buying.is_preorder else None,
        measure=measure,
        base_measure=base_measure,
        is_fictional=told.is_fictional,
    )


def _availability(buying: Buying) -> str:
    if not buying.is_possible:
        return "out_of_stock"
    if buying.is_preorder:
        return "preorder"
    return "made_to_order" if buying.is_made_to_order else "in_stock"


def _measures(size: CardVariant) -> tuple[str, str]:
    """As the page compares it: by the kilo or litre, by the gram what is sold by a few grams."""
    compared = unit_price(size.price_centimes, size.net_content, size.net_unit)
    if compared is None:
        return "", ""
    measured, base = (unit if unit != "piece" else "ct" for unit in (size.net_unit, compared[1]))
    return f"{size.net_content.normalize():f} {measured}", f"1 {base}"
