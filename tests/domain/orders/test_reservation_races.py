"""Many reserve the last of a harvest, or use up a coupon, at once: committed rows, threads with connections of their own."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from tests.domain.inventory.test_lot_races import together
from tests.jobs import run_jobs
from tests.people import build_market
from twiza.domain.catalogue.rules import SaleTerms
from twiza.domain.catalogue.services import set_sale_terms
from twiza.domain.inventory.models import StockLevel
from twiza.domain.inventory.selectors import stock_faults
from twiza.domain.inventory.services import allow_reservations, count_stock
from twiza.domain.orders.models import Cart, OrderGroup, OrderLine
from twiza.domain.orders.selectors import basket_of
from twiza.domain.orders.services import CouponTerms, offer_coupon, place_order, use_coupon
from twiza.kit import clock

BUYERS, RESERVABLE = 8, 5


@pytest.mark.django_db(transaction=True)
def test_no_more_are_reserved_than_were_let_by_buyers_at_once():
    market = build_market()
    terms = SaleTerms(preorder_ships_by=clock.today() + timedelta(days=60))
    set_sale_terms(market.saffron.product, terms, by=market.fatima)
    count_stock(market.saffron.pk, 0, by=market.fatima)
    allow_reservations([market.saffron.pk], RESERVABLE, by=market.fatima)
    carts = [market.basket(market.saffron) for _buyer in range(BUYERS)]
    total = basket_of(carts[0]).total_centimes

    ends = together([partial(place_order, cart, expected_total_centimes=total) for cart in carts])

    assert sorted(ends) == ["done"] * RESERVABLE + ["out_of_stock"] * (BUYERS - RESERVABLE)
    assert OrderLine.objects.filter(way="preorder").count() == RESERVABLE
    level = StockLevel.objects.get(variant=market.saffron)
    assert (level.on_hand, level.ahead, level.reservable) == (0, RESERVABLE, 0)
    assert stock_faults() == (3, [])
    run_jobs()  # nothing waits for the tests that follow


@pytest.mark.django_db(transaction=True)
def test_a_coupon_for_two_is_used_by_two_of_four_at_once():
    market = build_market()
    offer_coupon("DEUX", CouponTerms(percent_off=50, most_uses=2), by=None, cooperative_percent=0)
    carts = [market.basket(market.honey) for _buyer in range(4)]
    for cart in carts:
        use_coupon(cart, "DEUX")
    carts = [Cart.objects.get(pk=cart.pk) for cart in carts]
    total = basket_of(carts[0]).total_centimes

    ends = together([partial(place_order, cart, expected_total_centimes=total) for cart in carts])

    assert sorted(ends) == ["done", "done", "total_changed", "total_changed"]
    assert sum(OrderGroup.objects.values_list("discount_centimes", flat=True)) == 2 * 6000
    run_jobs()
