"""What was ordered once is put in a basket again."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from twiza.domain.orders.errors import NotForSale
from twiza.domain.orders.models import Cart, CartLine, OrderGroup, OrderLine
from twiza.domain.orders.services.baskets import put_in_cart
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
    lines = OrderLine.objects.filter(order__group=group).select_related("variant", "storefront").order_by("pk")
    told = OrderedAgain([], [])
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
            if line.variant.price_centimes > line.price_centimes:
                told.dearer.append(line)
    return told
