"""Baskets: one per person, never trapped by their own holds, nothing lost by another window, price or telephone."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from tests.people import CASABLANCA
from twiza.domain.catalogue.services import set_price
from twiza.domain.inventory.models import StockHold, StockLevel
from twiza.domain.inventory.selectors import saleable_quantities, stock_faults
from twiza.domain.orders import errors
from twiza.domain.orders.models import Cart, CartLine, cart
from twiza.domain.orders.selectors import basket_of, cart_of
from twiza.domain.orders.services import (
    Address,
    begin_checkout,
    join_baskets,
    keep_address,
    place_order,
    put_in_cart,
    set_quantities,
    start_cart,
)
from twiza.foundation.places.selectors import get_commune
from twiza.kit import clock


def held(market) -> dict[int, int]:
    return dict(StockHold.objects.values_list("level__variant_id", "quantity"))


def contents(basket: Cart) -> dict[int, int]:
    return dict(CartLine.objects.filter(cart=basket).values_list("variant_id", "quantity"))


def test_what_is_taken_out_of_the_basket_is_for_others_at_once(market):
    mine = market.basket(market.honey, market.argan, quantity=5)
    begin_checkout(mine)

    set_quantities(mine, {market.honey.pk: 2, market.argan.pk: 0})

    assert held(market) == {market.honey.pk: 2}
    assert saleable_quantities([market.honey.pk, market.argan.pk]) == {market.honey.pk: 8, market.argan.pk: 20}
    assert stock_faults() == (3, [])


def test_a_button_pressed_twice_puts_in_once_and_pressed_later_once_more(market):
    mine = start_cart(language="fr")
    once = timedelta(seconds=2)

    for _press in range(2):
        put_in_cart(mine, market.honey.pk, 3, market.national, once_within=once)
    put_in_cart(mine, market.honey.pk, 1, market.national, once_within=once)
    assert contents(mine) == {market.honey.pk: 4}

    with time_machine.travel(clock.now() + timedelta(seconds=3)):
        put_in_cart(mine, market.honey.pk, 1, market.national, once_within=once)
    assert contents(mine) == {market.honey.pk: 5}


def test_more_in_the_basket_than_is_kept_keeps_nothing_more_and_blocks_nobody(market):
    mine = market.basket(market.honey, quantity=6)
    begin_checkout(mine)

    set_quantities(mine, {market.honey.pk: 10})

    assert held(market) == {market.honey.pk: 6}
    assert basket_of(mine).lines[0].is_enough


def test_the_basket_says_until_when_it_is_kept_and_no_longer_once_that_is_over(market):
    mine = market.basket(market.honey)
    assert basket_of(mine).kept_until is None
    begin_checkout(mine)

    until = basket_of(mine).kept_until
    assert until == StockHold.objects.get().expires_at
    with time_machine.travel(until + timedelta(seconds=1)):
        assert basket_of(mine).kept_until is None
        begin_checkout(mine)
        assert basket_of(mine).kept_until > until
    assert held(market) == {market.honey.pk: 1}


def test_a_price_that_moved_before_the_form_was_sent_is_still_said_to_have_moved(market):
    mine = market.basket(market.honey)
    set_price(market.honey, 13000, by=market.mina)

    set_quantities(mine, {market.honey.pk: 2}, {market.honey.pk: 12000})
    line = basket_of(mine).lines[0]
    assert (line.price_changed, line.was_centimes, line.total_centimes) == (True, 12000, 26000)

    set_quantities(mine, {market.honey.pk: 2}, {market.honey.pk: 13000})
    assert not basket_of(mine).lines[0].price_changed


def test_a_basket_that_was_ordered_in_another_window_takes_and_keeps_nothing_more(market):
    mine = market.basket(market.honey)
    place_order(mine, expected_total_centimes=basket_of(mine).total_centimes)

    for act in (
        lambda: put_in_cart(mine, market.argan.pk, 1, market.national),
        lambda: set_quantities(mine, {market.honey.pk: 3}),
        lambda: begin_checkout(mine),
    ):
        with pytest.raises(errors.BasketOrdered):
            act()

    assert contents(mine) == {market.honey.pk: 1}
    assert held(market) == {}
    level = StockLevel.objects.get(variant=market.honey)
    assert (level.allocated, level.held) == (1, 0)


def test_a_basket_is_full_one_day(market, monkeypatch):
    monkeypatch.setattr("twiza.domain.orders.services.baskets.MOST_LINES", 2)
    mine = market.basket(market.honey, market.argan)

    with pytest.raises(errors.BasketFull):
        put_in_cart(mine, market.saffron.pk, 1, market.national)
    put_in_cart(mine, market.honey.pk, 1, market.national)

    assert contents(mine) == {market.honey.pk: 2, market.argan.pk: 1}
    assert cart.MOST_LINES == 100


def test_whoever_signs_in_finds_one_basket_with_everything_in_it(market):
    elsewhere = start_cart(language="fr", buyer=market.salma)
    put_in_cart(elsewhere, market.honey.pk, 3, market.national)
    put_in_cart(elsewhere, market.argan.pk, 1, market.national)
    here = market.basket(market.honey, market.saffron)

    kept = join_baskets(market.salma, here)

    assert kept == elsewhere == cart_of(market.salma)
    assert contents(kept) == {market.honey.pk: 3, market.argan.pk: 1, market.saffron.pk: 1}
    assert (kept.commune_id, kept.buyer_name) == (CASABLANCA, "Salma")
    assert not Cart.objects.filter(pk=here.pk).exists()
    assert join_baskets(market.salma, kept) == kept


def test_what_was_kept_for_the_checkout_is_kept_when_one_signs_in_in_the_middle_of_it(market):
    elsewhere = start_cart(language="fr", buyer=market.salma)
    put_in_cart(elsewhere, market.argan.pk, 1, market.national)
    here = market.basket(market.honey, quantity=10)
    begin_checkout(here)

    kept = join_baskets(market.salma, here)

    assert set(StockHold.objects.values_list("owner", "quantity")) == {(f"cart:{kept.pk}", 10), (f"cart:{kept.pk}", 1)}
    assert stock_faults() == (3, [])


def test_the_basket_of_somebody_else_on_the_same_telephone_stays_theirs(market):
    hers = start_cart(language="fr", buyer=market.salma)
    put_in_cart(hers, market.honey.pk, 1, market.national)

    assert join_baskets(market.karim, hers) is None
    mine = start_cart(language="fr", buyer=market.karim)
    assert join_baskets(market.karim, hers) == mine

    hers.refresh_from_db()
    assert (hers.buyer, contents(hers), contents(mine)) == (market.salma, {market.honey.pk: 1}, {})


def test_an_order_that_was_placed_is_not_joined_to_anything(market):
    placed = market.basket(market.honey)
    place_order(placed, expected_total_centimes=basket_of(placed).total_centimes)
    here = market.basket(market.argan)
    keep_address(here, Address("Salma", "+212683005001", get_commune(CASABLANCA), "Maârif"))

    assert join_baskets(market.salma, here) == here
    assert join_baskets(market.salma, placed) == here

    assert contents(placed) == {market.honey.pk: 1}
