"""What is sent for gift baskets: each part, or what its cooperative named to be sent in its place when it is gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from twiza.domain.catalogue.models import Variant
from twiza.domain.catalogue.rules import how_it_can_be_bought, terms_of
from twiza.domain.directory.selectors import closings_today
from twiza.domain.inventory.selectors import what_is_left
from twiza.domain.orders.selectors.contents import BasketGift
from twiza.domain.storefronts.models import GiftBasket, GiftBasketComponent
from twiza.kit import clock


@dataclass(frozen=True)
class GiftPart:
    """So many pieces of a size, for one component of a gift basket. `instead_of`: the size that is gone, when it is another."""

    gift_basket: GiftBasket
    component: GiftBasketComponent
    variant: Variant
    quantity: int
    instead_of: Variant | None = None


def parts_of(gifts: Sequence[BasketGift], besides: Mapping[int, int], own: Mapping[int, int]) -> list[GiftPart]:
    """What is sent for these today. A part in whose place nothing else can be had stays, and is refused where it is looked at.

    `besides`: by size, how many pieces of it are bought by themselves; `own`: how many are kept for this buyer already.
    """
    can_be_had = _Shelves((component for gift in gifts for component in gift.gift_basket.components.all()), besides, own)
    return [
        can_be_had.part_for(gift.gift_basket, component, gift.quantity * component.pieces)
        for gift in gifts
        for component in gift.gift_basket.components.all()
    ]


class _Shelves:
    """What is left of those parts that something may be sent instead of; nothing is asked when there are none."""

    def __init__(self, components: Iterable[GiftBasketComponent], besides: Mapping[int, int], own: Mapping[int, int]) -> None:
        sizes = [size for one in components if one.instead for size in (one.variant, one.instead)]
        self._left = what_is_left(size.pk for size in sizes) if sizes else {}
        self._closed = closings_today({size.product.cooperative_id for size in sizes}) if sizes else {}
        self._taken = Counter(besides)
        self._own = own

    def part_for(self, gift: GiftBasket, component: GiftBasketComponent, quantity: int) -> GiftPart:
        """The part itself while it can be had, or while what would be sent instead cannot either."""
        other, size = component.instead, component.variant
        if other is not None and component.may_be_replaced_by(other) and not self._has(size, quantity):
            size = other if self._has(other, quantity) else size
        self._taken[size.pk] += quantity
        return GiftPart(gift, component, size, quantity, None if size is component.variant else component.variant)

    def _has(self, size: Variant, quantity: int) -> bool:
        if size.retired_at is not None or not size.product.is_on_sale:
            return False
        left, needed = self._left[size.pk], self._taken[size.pk] + quantity
        terms = terms_of(size.product, self._closed.get(size.product.cooperative_id))
        saleable = left.saleable + self._own.get(size.pk, 0)
        return how_it_can_be_bought(terms, saleable, left.reservable, clock.today(), needed).most >= needed
