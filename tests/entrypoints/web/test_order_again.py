"""A past order, once more, over plain HTTP."""

from __future__ import annotations

import re

from django.test import Client

from twiza.domain.catalogue.services import retire_product, set_price
from twiza.domain.orders.models import CartLine, Order, OrderGroup


def basket_of(group) -> dict[int, int]:
    lines = CartLine.objects.filter(cart__completed_at=None).exclude(cart=group.cart)
    return dict(lines.values_list("variant_id", "quantity"))


def test_a_past_order_is_in_the_basket_again_with_what_changed_said(market):
    group = market.order(quantity=2)
    address = f"/fr/orders/{group.token}/"
    assert "again/" not in Client().get(address).content.decode()
    OrderGroup.objects.update(status="done")
    Order.objects.update(status="closed")
    retire_product(market.honey.product, by=market.mina)
    set_price(market.argan, 10000, by=market.hajja)
    salma = Client()
    assert f"{address}again/" in salma.get(address).content.decode()

    page = salma.post(f"{address}again/", follow=True).content.decode()

    assert basket_of(group) == {market.saffron.pk: 2, market.argan.pk: 2}
    assert "Pas dans votre panier\xa0: Miel de thym. Miel de thym " in page
    assert re.search(r"coûte maintenant 100\sDH\s; c.{6}était 95\sDH", page)
    salma.post(f"{address}again/")
    assert basket_of(group) == {market.saffron.pk: 2, market.argan.pk: 2}


def test_nobody_orders_again_what_they_cannot_name(market):
    assert Client().post("/fr/orders/nobody/again/").status_code == 404
    assert not CartLine.objects.exists()
