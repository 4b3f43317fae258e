"""What was ordered once is put in a basket again."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from twiza.domain.orders.errors import NotForSale
from twiza.domain.orders.models import Cart, CartGiftBasket, CartLine, OrderGroup, OrderLine
from twiza.domain.orders.services.baskets import put_in_cart
from twiza.domain.orders.services.gift_baskets import put_gift_basket_in_cart
from twiza.domain.storefronts.selectors import gift_baskets_with
from twiza.kit.errors import DomainError


@dataclass(frozen=True)
class OrderedAgain:
    """What costs more than it did, and what could not be put in, with why."""

    dearer: list[OrderLine]
    missing: list[tuple[OrderLine, DomainError]]


@transaction.atomic
def order_again(group: OrderGroup, cart: Cart) -> OrderedAgain:
    """Everything of a past order that may be bought today is in the basket, as much as then, through the same storefronts.

    What is in the basket already stays as it is, so that asking twice changes nothing. Nothing is raised: what is not there any
    more is told.
    """
    known = set(CartLine.objects.filter(cart=cart).values_list("variant_id", flat=True))
    lines = OrderLine.objects.filter(order__group=group, gift_basket=None).select_related("variant", "storefront").order_by("pk")
    told = OrderedAgain([], _put_gift_baskets_again(group, cart))
    for line in lines:
        if line.variant_id in known:
            continue
        try:
            put_in_cart(cart, line.variant_id, line.quantity, line.storefront)
        except NotForSale:
            told.missing.append((line, NotForSale(product=line.name)))
        except DomainError as refusal:
            told.missing.append((line, refusal))
        else:
            if line.variant.price_for(line.quantity) > line.price_centimes:
                told.dearer.append(line)
    return told


def _put_gift_baskets_again(group: OrderGroup, cart: Cart) -> list[tuple[OrderLine, DomainError]]:
    """As whole gift baskets, never their parts alone; answers those that cannot be had, by one of their lines."""
    lines = OrderLine.objects.filter(order__group=group, gift_basket__isnull=False).select_related("storefront")
    of_each = {line.gift_basket_id: line for line in lines.order_by("-pk") if line.gift_basket_id}
    if not of_each:
        return []
    gifts = gift_baskets_with(of_each)
    known = set(CartGiftBasket.objects.filter(cart=cart).values_list("gift_basket_id", flat=True))
    missing: list[tuple[OrderLine, DomainError]] = []
    for gift_id, line in of_each.items():
        gift = gifts[gift_id]
        pieces = next(part.pieces for part in gift.components.all() if part.variant.pk == line.variant_id)
        try:
            if gift_id not in known:
                put_gift_basket_in_cart(cart, gift.storefront, gift.slug, line.quantity // pieces)
        except DomainError as refusal:
            missing.append((line, refusal))
    return missing
