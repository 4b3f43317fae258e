"""What is not there yet is promised for a day, and what arrives is kept for those who were promised it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from twiza.domain.catalogue.models import Product, Variant
from twiza.domain.catalogue.rules import SaleTerms
from twiza.domain.catalogue.services import set_sale_terms
from twiza.domain.inventory.errors import OutOfStock
from twiza.domain.inventory.models import StockLevel
from twiza.domain.inventory.selectors import saleable_quantities, stock_faults
from twiza.domain.inventory.services import allow_reservations, count_stock, receive_stock
from twiza.domain.orders.errors import OutOfSeason, PromiseChanged
from twiza.domain.orders.models import CartLine, Order, OrderGroup, OrderLine
from twiza.domain.orders.selectors import basket_of
from twiza.domain.orders.services import (
    accept_order,
    begin_checkout,
    decline_order,
    hand_over_order,
    place_order,
    put_in_cart,
    start_cart,
)
from twiza.kit import clock

IN_JUNE = "2040-06-10T10:00:00Z"
IN_DECEMBER = "2040-12-10T10:00:00Z"


def level_of(variant) -> tuple[int, int, int, int]:
    level = StockLevel.objects.get(variant=variant)
    return level.on_hand, level.allocated, level.ahead, level.reservable


def sell_to_order(market, days: int = 10) -> Variant:
    set_sale_terms(market.saffron.product, SaleTerms(made_to_order_days=days), by=market.fatima)
    count_stock(market.saffron.pk, 0, by=market.fatima)
    return market.saffron


def take_reservations(market, how_many: int, days: int = 60) -> Variant:
    terms = SaleTerms(preorder_ships_by=clock.today() + timedelta(days))
    set_sale_terms(market.saffron.product, terms, by=market.fatima)
    count_stock(market.saffron.pk, 0, by=market.fatima)
    allow_reservations([market.saffron.pk], how_many, by=market.fatima)
    return market.saffron


def accepted(group: OrderGroup, by) -> Order:
    return accept_order(group.orders.get(), by=by)


def test_what_is_made_to_order_is_promised_for_a_day_without_any_stock(market):
    group = market.order(sell_to_order(market, days=10), quantity=3)

    line = OrderLine.objects.get(order__group=group)
    assert (line.way, line.ships_by, line.withdrawal) == ("made_to_order", clock.today() + timedelta(10), "made_to_order")
    assert level_of(market.saffron) == (0, 0, 3, 0)
    assert stock_faults() == (3, [])


def test_made_and_sent_it_leaves_no_trace_on_the_shelf(market):
    order = accepted(market.order(sell_to_order(market), quantity=3), market.fatima)

    hand_over_order(order, by=market.fatima)

    assert level_of(market.saffron) == (0, 0, 0, 0)
    assert stock_faults() == (3, [])


def test_a_reservation_takes_from_what_may_be_reserved_and_a_refusal_gives_it_back(market):
    group = market.order(take_reservations(market, 5), quantity=3)
    assert OrderLine.objects.get(order__group=group).way == "preorder"
    assert level_of(market.saffron) == (0, 0, 3, 2)

    decline_order(group.orders.get(), by=market.fatima)

    assert level_of(market.saffron) == (0, 0, 0, 5)
    assert stock_faults() == (3, [])


def test_no_more_are_reserved_than_were_let(market):
    cart = market.basket(take_reservations(market, 5), quantity=6)

    with pytest.raises(OutOfStock) as refusal:
        place_order(cart, expected_total_centimes=basket_of(cart).total_centimes)

    assert refusal.value.facts["left"] == 5
    assert level_of(market.saffron) == (0, 0, 0, 5)
    assert not OrderGroup.objects.exists()


def test_what_arrives_is_kept_for_those_who_reserved_it(market):
    group = market.order(take_reservations(market, 5), quantity=3)

    receive_stock(market.saffron.pk, 4, by=market.fatima)
    assert saleable_quantities([market.saffron.pk]) == {market.saffron.pk: 1}
    hand_over_order(accepted(group, market.fatima), by=market.fatima)

    assert level_of(market.saffron) == (1, 0, 0, 2)
    assert saleable_quantities([market.saffron.pk]) == {market.saffron.pk: 1}


def test_what_was_promised_to_others_stays_when_a_reservation_leaves_uncounted(market):
    shelf = market.order(market.saffron, quantity=4)
    reserved = market.order(_reserving_with_four_left(market), quantity=2)

    hand_over_order(accepted(reserved, market.fatima), by=market.fatima)
    hand_over_order(accepted(shelf, market.fatima), by=market.fatima)

    assert level_of(market.saffron) == (0, 0, 0, 3)
    assert stock_faults() == (3, [])


def _reserving_with_four_left(market) -> Variant:
    """Four are on the shelf, all of them promised."""
    count_stock(market.saffron.pk, 4, by=market.fatima)
    set_sale_terms(market.saffron.product, SaleTerms(preorder_ships_by=clock.today() + timedelta(9)), by=market.fatima)
    allow_reservations([market.saffron.pk], 5, by=market.fatima)
    return market.saffron


def test_out_of_season_nothing_goes_into_the_basket(market):
    with time_machine.travel(IN_DECEMBER, tick=False):
        set_sale_terms(market.saffron.product, SaleTerms((5, 6, 7, 8)), by=market.fatima)
        cart = start_cart(language="fr")

        with pytest.raises(OutOfSeason) as refusal:
            put_in_cart(cart, market.saffron.pk, 1, market.national)

    assert "mai à août" in str(refusal.value)
    assert not CartLine.objects.filter(cart=cart).exists()


def test_a_basket_filled_in_season_is_not_ordered_after_it(market):
    with time_machine.travel(IN_JUNE, tick=False):
        set_sale_terms(market.saffron.product, SaleTerms((5, 6, 7, 8)), by=market.fatima)
        cart = market.basket(market.saffron)
        assert basket_of(cart).can_be_ordered
    with time_machine.travel(IN_DECEMBER, tick=False):
        assert not basket_of(cart).can_be_ordered
        with pytest.raises(OutOfSeason):
            place_order(cart, expected_total_centimes=basket_of(cart).total_centimes)

    assert not OrderGroup.objects.exists()
    assert level_of(market.saffron) == (40, 0, 0, 0)


def test_nobody_orders_for_another_day_than_was_read(market):
    cart = market.basket(sell_to_order(market, days=10))
    read = basket_of(cart)
    set_sale_terms(Product.objects.get(pk=market.saffron.product_id), SaleTerms(made_to_order_days=30), by=market.fatima)

    with pytest.raises(PromiseChanged):
        place_order(cart, expected_total_centimes=read.total_centimes, expected_promises=read.promises)

    assert not OrderGroup.objects.exists()
    assert level_of(market.saffron) == (0, 0, 0, 0)


def test_nobody_orders_for_another_day_of_arrival_than_was_read(market):
    cart = market.basket(market.honey)
    read = basket_of(cart)
    with time_machine.travel(clock.now() + timedelta(days=7)):
        begin_checkout(cart)

        with pytest.raises(PromiseChanged):
            place_order(cart, expected_total_centimes=read.total_centimes, expected_promises=read.promises)

    assert not OrderGroup.objects.exists()


def test_the_promise_of_a_placed_order_does_not_follow_the_product(market):
    group = market.order(sell_to_order(market, days=10))
    set_sale_terms(Product.objects.get(pk=market.saffron.product_id), SaleTerms(), by=market.fatima)

    line = OrderLine.objects.get(order__group=group)
    assert (line.way, line.ships_by) == ("made_to_order", clock.today() + timedelta(10))
    decline_order(group.orders.get(), by=market.fatima)
    assert stock_faults() == (3, [])


def test_a_checkout_holds_what_is_on_a_shelf_and_nothing_that_is_to_be_made(market):
    cart = market.basket(sell_to_order(market), market.honey)

    begin_checkout(cart)

    assert StockLevel.objects.get(variant=market.honey).held == 1
    assert StockLevel.objects.get(variant=market.saffron).held == 0


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(1, 4), st.booleans()), min_size=1, max_size=4), st.integers(0, 9))
def test_however_reservations_end_the_stock_can_be_retraced(market, orders, arriving):
    take_reservations(market, 20)
    groups = [(market.order(market.saffron, quantity=quantity), is_sent) for quantity, is_sent in orders]
    receive_stock(market.saffron.pk, arriving + 1, by=market.fatima)
    for group, is_sent in groups:
        if is_sent:
            hand_over_order(accepted(group, market.fatima), by=market.fatima)
        else:
            decline_order(group.orders.get(), by=market.fatima)

    sent = sum(quantity for quantity, is_sent in orders if is_sent)
    assert level_of(market.saffron)[:3] == (max(arriving + 1 - sent, 0), 0, 0)
    assert level_of(market.saffron)[3] == 20 - sent
    assert stock_faults() == (3, [])
