"""A cooperative packs no parcel smaller than it says, and the basket says how much is missing."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from twiza.domain.inventory.models import StockHold
from twiza.domain.orders.errors import LeastOrderTooHigh, TooLittle
from twiza.domain.orders.models import LeastOrder, OrderGroup
from twiza.domain.orders.selectors import basket_of, least_orders_of
from twiza.domain.orders.services import (
    CouponTerms,
    ask_least_order,
    begin_checkout,
    offer_coupon,
    place_order,
    put_in_cart,
    set_quantities,
    use_coupon,
)
from twiza.kit.errors import NotFound


@pytest.fixture
def asked(market):
    """Twelve dirhams more than a jar of honey."""
    ask_least_order(market.honey_cooperative, 13200, by=market.mina)
    return market


def test_the_basket_says_how_much_is_missing_for_which_cooperative(asked):
    basket = basket_of(asked.basket(asked.honey, asked.saffron))

    assert [(package.cooperative, package.missing_centimes) for package in basket.too_small] == [(asked.honey_cooperative, 1200)]
    assert not basket.can_be_ordered


def test_too_little_is_neither_kept_nor_ordered(asked):
    cart = asked.basket(asked.honey, asked.saffron)
    for act in (begin_checkout, lambda cart: place_order(cart, expected_total_centimes=basket_of(cart).total_centimes)):
        with pytest.raises(TooLittle) as refusal:
            act(cart)
        assert str(refusal.value) == "Encore 12 DH pour Coopérative Nahlat\u00a0: elle n’envoie pas de plus petits colis."

    assert not StockHold.objects.exists()
    assert not OrderGroup.objects.exists()


def test_enough_of_it_or_none_of_it_is_ordered_and_a_coupon_takes_nothing_from_it(asked):
    cart = asked.basket(asked.honey, asked.saffron)
    offer_coupon("MOITIE", CouponTerms(percent_off=50), by=None, cooperative_percent=0)
    use_coupon(cart, "MOITIE")
    cart.refresh_from_db()
    put_in_cart(cart, asked.honey.pk, 1, asked.national)
    begin_checkout(cart)
    assert basket_of(cart).can_be_ordered

    set_quantities(cart, {asked.honey.pk: 0})
    assert place_order(cart, expected_total_centimes=basket_of(cart).total_centimes).orders.count() == 1


def test_only_its_own_people_say_it_and_nothing_absurd(asked):
    with pytest.raises(NotFound):
        ask_least_order(asked.honey_cooperative, 500, by=asked.hajja)
    with pytest.raises(LeastOrderTooHigh):
        ask_least_order(asked.honey_cooperative, 100_100, by=asked.mina)
    with pytest.raises(IntegrityError, match="least_order_sensible"), transaction.atomic():
        LeastOrder.objects.update(centimes=0)
    assert least_orders_of([asked.honey_cooperative.pk]) == {asked.honey_cooperative.pk: 13200}

    ask_least_order(asked.honey_cooperative, None, by=asked.mina)
    assert least_orders_of([asked.honey_cooperative.pk]) == {}


def test_it_is_said_on_one_screen_and_read_in_the_basket(asked, client):
    client.force_login(asked.mina)
    screen = f"/fr/workspace/{asked.honey_cooperative.slug}/prices/least-order/"
    assert 'value="132"' in client.get(screen).content.decode()
    assert client.post(screen, {"least": "beaucoup"}).status_code == 200
    assert client.post(screen, {"least": "١٥٠"}).status_code == 302

    client.post("/fr/cart/add/", {"variant": asked.honey.pk, "quantity": 1})
    page = client.get("/fr/cart/").content.decode().replace("\u00a0", " ")
    assert "Encore 30 DH pour Coopérative Nahlat : elle envoie des colis à partir de 150 DH." in page
    assert client.post("/fr/cart/change/", {"checkout": "1"}).headers["Location"] == "/fr/cart/"


def test_it_is_read_on_the_product_before_anything_is_put_in(asked, client):
    address = f"/fr/products/{asked.honey.product.slug}/"
    assert "envoie des colis à partir de 132 DH" in client.get(address).content.decode().replace("\u00a0", " ")

    ask_least_order(asked.honey_cooperative, None, by=asked.mina)
    assert "envoie des colis" not in client.get(address).content.decode()
