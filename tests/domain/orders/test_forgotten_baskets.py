"""A basket is kept two months after somebody last did something with it, an order for good."""

from __future__ import annotations

from datetime import timedelta

import time_machine

from twiza.domain.orders.models import Cart, CartLine
from twiza.domain.orders.selectors import basket_of
from twiza.domain.orders.services import place_order, set_quantities
from twiza.domain.orders.services.forgetting import KEPT, forget_old_baskets
from twiza.kit import clock


def test_what_nobody_came_back_to_is_forgotten_with_its_names_and_telephones(market, monkeypatch):
    monkeypatch.setattr("twiza.domain.orders.services.forgetting.AT_ONCE", 1)
    left, also_left, used, ordered = (market.basket(market.honey) for _ in range(4))
    place_order(ordered, expected_total_centimes=basket_of(ordered).total_centimes)
    with time_machine.travel(clock.now() + KEPT - timedelta(days=1)):
        set_quantities(used, {market.honey.pk: 2})
        assert forget_old_baskets() == 0

    with time_machine.travel(clock.now() + KEPT + timedelta(minutes=1)):
        assert forget_old_baskets() == 2

    assert set(Cart.objects.values_list("pk", flat=True)) == {used.pk, ordered.pk}
    assert set(CartLine.objects.values_list("cart", flat=True)) == {used.pk, ordered.pk}
    assert {left.pk, also_left.pk}.isdisjoint(CartLine.objects.values_list("cart", flat=True))
