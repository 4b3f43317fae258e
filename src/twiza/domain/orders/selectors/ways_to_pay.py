"""By which ways a basket, or an order that waits for its money, can be paid."""

from __future__ import annotations

from collections.abc import Iterable

from twiza.domain.orders.models import Cart, OrderGroup, OrderLine
from twiza.domain.orders.rules import CASH, TRANSFER, is_paid_at_the_door
from twiza.domain.orders.selectors.contents import BasketLine
from twiza.domain.storefronts.models import Storefront
from twiza.domain.storefronts.selectors import common_ways, ways_of_each


def ways_to_pay(cart: Cart, lines: Iterable[BasketLine], offered: Iterable[str]) -> tuple[str, ...]:
    """Of what its storefronts offer. Whoever receives a gift from abroad is never asked for cash, and whoever sends it pays by
    card: a transfer between countries costs more than many gifts. What is weighed costs what it weighs, so that nobody can pay
    it before."""
    if cart.is_gift_from_abroad:
        offered = [code for code in offered if code not in {CASH, TRANSFER}]
    is_weighed = any(line.variant.is_weighed for line in lines)
    return tuple(code for code in offered if is_paid_at_the_door(code) or not is_weighed)


def may_pay_at_the_door(group: OrderGroup) -> bool:
    """Instead of by card: every storefront that something was chosen in takes cash, and it is no gift from abroad."""
    if group.is_gift_from_abroad:
        return False
    storefronts = Storefront.objects.filter(pk__in=OrderLine.objects.filter(order__group=group).values("storefront_id"))
    return CASH in common_ways(ways_of_each(storefronts).values()).payments
