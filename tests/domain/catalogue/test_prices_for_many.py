"""Who takes many pays less for each: at the price of so many, whatever the basket was shown before, and frozen in the order."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from twiza.domain.catalogue.errors import StepsMakeNoSense
from twiza.domain.catalogue.models import Variant
from twiza.domain.catalogue.services import set_price
from twiza.domain.catalogue.services.pricing_many import price_many
from twiza.domain.orders.errors import TotalChanged
from twiza.domain.orders.models import OrderGroup, OrderLine
from twiza.domain.orders.selectors import basket_of
from twiza.domain.orders.services import place_order, set_quantities
from twiza.kit.errors import NotFound

STEPS = [(3, 11_000), (6, 10_000)]  # of a honey at 12000


def honey(market, steps=STEPS) -> Variant:
    return price_many(market.honey, steps, by=market.mina)


@pytest.mark.parametrize(
    ("pieces", "each", "further"),
    [(1, 12_000, (2, 11_000)), (2, 12_000, (1, 11_000)), (3, 11_000, (3, 10_000)), (6, 10_000, None), (9, 10_000, None)],
)
def test_the_number_in_the_basket_makes_the_price_of_each(market, pieces, each, further):
    cart = market.basket(honey(market), quantity=pieces)
    (line,) = basket_of(cart).lines
    assert (line.price_centimes, line.total_centimes, line.next_step) == (each, pieces * each, further)
    assert not line.price_changed


def test_an_order_keeps_the_price_of_so_many(market):
    cart = market.basket(honey(market), quantity=4)
    place_order(cart, expected_total_centimes=basket_of(cart).total_centimes)
    price_many(market.honey, [], by=market.mina)
    line = OrderLine.objects.get()
    assert (line.price_centimes, line.total_centimes) == (11_000, 44_000)


def test_fewer_than_were_read_cost_what_fewer_cost_and_nothing_is_ordered_unread(market):
    cart = market.basket(honey(market), quantity=3)
    read = basket_of(cart).total_centimes
    set_quantities(cart, {market.honey.pk: 2})

    with pytest.raises(TotalChanged):
        place_order(cart, expected_total_centimes=read)

    assert not OrderGroup.objects.exists()


SENSELESS = [
    [(1, 11_000)],
    [(3, 12_000)],
    [(3, 0)],
    [(3, 11_000), (3, 10_000)],
    [(6, 10_000), (3, 9_000)],
    [(3, 9_000), (6, 9_000)],
    [(1000, 9_000)],
    [(2, 9_000), (3, 8_000), (4, 7_000), (5, 6_000)],
]


@pytest.mark.parametrize("steps", SENSELESS)
def test_steps_that_make_no_sense_change_nothing(market, steps):
    honey(market)
    with pytest.raises(StepsMakeNoSense):
        honey(market, steps)
    assert Variant.objects.get(pk=market.honey.pk).prices_for_many == STEPS


def test_nobody_else_says_them_and_the_table_holds_pairs(market):
    with pytest.raises(NotFound):
        price_many(market.honey, STEPS, by=market.fatima)
    with pytest.raises(IntegrityError, match="variant_many_pairs"), transaction.atomic():
        Variant.objects.filter(pk=market.honey.pk).update(many_from=[3], many_centimes=[1, 2])


def test_a_step_that_a_lower_price_overtook_is_passed_over(market):
    set_price(honey(market), 10_500, by=market.mina)
    variant = Variant.objects.get(pk=market.honey.pk)
    assert (variant.price_for(3), variant.price_for(6)) == (10_500, 10_000)


@given(st.integers(1, 999), st.integers(1, 999), st.lists(st.tuples(st.integers(2, 999), st.integers(1, 20_000)), max_size=3))
def test_more_pieces_never_cost_more_each(fewer, more, steps):
    steps = sorted(steps)
    size = Variant(price_centimes=12_000, many_from=[one for one, _ in steps], many_centimes=[two for _, two in steps])
    low, high = sorted((fewer, more))
    assert 0 < size.price_for(high) <= size.price_for(low) <= 12_000
