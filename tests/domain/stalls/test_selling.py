"""A sale at the stall moves stock at once, by lot, once; a sale that happened elsewhere is written down as it happened."""

from __future__ import annotations

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from twiza.domain.catalogue.models import Variant
from twiza.domain.inventory.errors import OutOfStock, PromisedMore
from twiza.domain.inventory.models import Lot, StockLevel, StockMovement
from twiza.domain.inventory.selectors import stock_faults
from twiza.domain.inventory.services import Want, count_stock, hold_stock, receive_lot
from twiza.domain.stalls.errors import (
    MomentNotPossible,
    NotSoldAnyMore,
    PriceOutOfLimits,
    TooLateToUndo,
    WeightMissing,
    WeightNotPlausible,
)
from twiza.domain.stalls.models import StallSale, StallSaleLine
from twiza.domain.stalls.rules import charged_for, pieces_due, price_limits
from twiza.domain.stalls.selectors import sales_of_day, shortages_of, sold_of_lot
from twiza.domain.stalls.services import Sold, count_after_shortage, record_till_sale, sell_at_stall, take_back_sale
from twiza.kit import clock
from twiza.kit.errors import NotFound


def level(variant) -> StockLevel:
    return StockLevel.objects.get(variant=variant)


def sell(market, pieces=1, key=None, **said) -> StallSale:
    sold = [Sold(market.saffron.pk, pieces, **said)]
    return sell_at_stall(market.saffron_cooperative, key or uuid.uuid4(), sold, by=market.fatima).sale


def till(market, pieces=1, key=None, at=None, **said) -> StallSale:
    sold, at = [Sold(market.saffron.pk, pieces, **said)], at or clock.now() - timedelta(hours=3)
    return record_till_sale(market.saffron_cooperative, key or uuid.uuid4(), sold, at, by=market.fatima).sale


def weighed(market) -> Variant:
    """Cheeses of about 400 g, 40 DH each."""
    Variant.objects.filter(pk=market.saffron.pk).update(
        sale_mode="weighed", net_content=400, gross_weight_grams=450, price_centimes=4000
    )
    return market.saffron


def nothing_happened(market) -> bool:
    return level(market.saffron).on_hand == 40 and not StallSale.objects.exists() and stock_faults()[1] == []


def test_what_is_sold_leaves_the_shelf_at_once_at_the_catalogues_price(market):
    sale = sell(market, 3)

    assert (sale.total_centimes, sale.door, level(market.saffron).on_hand) == (3 * 3800, "stall", 37)
    assert sales_of_day(market.saffron_cooperative.pk, clock.today()).total_centimes == 3 * 3800
    assert stock_faults()[1] == []


def test_the_lot_that_spoils_first_leaves_first(market):
    count_stock(market.saffron.pk, 0, by=None)
    today = clock.today()
    late = receive_lot(market.saffron.pk, 5, produced_on=today, best_before=today + timedelta(days=90), by=None)
    soon = receive_lot(market.saffron.pk, 2, produced_on=today, best_before=today + timedelta(days=9), by=None)

    sale = sell(market, 3)
    assert [Lot.objects.get(pk=lot.pk).on_hand for lot in (soon, late)] == [0, 4]
    take_back_sale(sale, by=market.fatima)
    assert [Lot.objects.get(pk=lot.pk).on_hand for lot in (soon, late)] == [2, 5]
    assert stock_faults()[1] == []


def test_a_lot_knows_on_which_days_it_was_sold_at_the_stall(market):
    count_stock(market.saffron.pk, 0, by=None)
    lot = receive_lot(market.saffron.pk, 20, produced_on=clock.today(), best_before=None, by=None)
    yesterday = clock.now() - timedelta(days=1)
    for pieces in (2, 3):
        till(market, pieces, at=yesterday)
    sell(market, 4)
    take_back_sale(sell(market, 5), by=market.fatima)

    assert [(one.day, one.pieces) for one in sold_of_lot(lot)] == [(clock.local_day(yesterday), 5), (clock.today(), 4)]


def test_a_double_tap_sells_once(market):
    key, sold = uuid.uuid4(), [Sold(market.saffron.pk, 2)]

    first = sell_at_stall(market.saffron_cooperative, key, sold, by=market.fatima)
    second = sell_at_stall(market.saffron_cooperative, key, sold, by=market.brahim)

    assert (first.is_new, second.is_new, second.sale.pk) == (True, False, first.sale.pk)
    assert (level(market.saffron).on_hand, StallSaleLine.objects.count()) == (38, 1)


def test_what_is_promised_or_in_a_checkout_is_not_sold_over_the_counter(market):
    market.order(market.saffron, quantity=5)
    hold_stock("cart:0", [Want(market.saffron.pk, 4)])

    with pytest.raises(OutOfStock) as refusal:
        sell(market, 32)

    assert refusal.value.facts["left"] == 31
    assert (level(market.saffron).on_hand, level(market.saffron).held, StallSale.objects.count()) == (40, 4, 0)


def test_a_price_is_taken_within_limits_only(market):
    assert sell(market, 2, price_centimes=1900).total_centimes == 3800
    for price in (1899, 7601):
        with pytest.raises(PriceOutOfLimits):
            sell(market, 1, price_centimes=price)
    assert level(market.saffron).on_hand == 38


def test_many_pieces_cost_what_the_catalogue_asks_for_many(market):
    Variant.objects.filter(pk=market.honey.pk).update(many_from=[3, 5], many_centimes=[10_000, 5_000])

    for pieces, price in ((2, 12_000), (3, 10_000), (5, 5_000)):
        sale = sell_at_stall(market.honey_cooperative, uuid.uuid4(), [Sold(market.honey.pk, pieces)], by=market.mina).sale
        line = sale.lines.get()
        assert (line.price_centimes, line.catalogue_centimes, sale.total_centimes) == (price, price, pieces * price)


def test_what_is_sold_by_weight_is_paid_by_weight_and_leaves_by_the_piece(market):
    weighed(market)

    sale = sell(market, 0, grams=830)

    line = sale.lines.get()
    assert (line.pieces, line.grams, sale.total_centimes, level(market.saffron).on_hand) == (2, 830, 8300, 38)


def test_small_weights_take_a_piece_once_they_make_one(market):
    weighed(market)

    sales = [sell(market, 0, grams=150) for _sale in range(4)]
    assert [sale.lines.get().pieces for sale in sales] == [0, 1, 0, 1]
    assert level(market.saffron).on_hand == 38
    take_back_sale(sales[1], by=market.fatima)
    take_back_sale(sales[2], by=market.fatima)
    assert level(market.saffron).on_hand == 39
    assert sell(market, 0, grams=250).lines.get().pieces == 0
    assert sell(market, 0, grams=250).lines.get().pieces == 1
    assert stock_faults()[1] == []


@pytest.mark.parametrize(
    ("said", "refusal"),
    [({}, WeightMissing), ({"pieces": 2, "grams": 3000}, WeightNotPlausible), ({"pieces": 2, "grams": 300}, WeightNotPlausible)],
)
def test_a_weight_that_cannot_be_is_asked_again(market, said, refusal):
    weighed(market)
    with pytest.raises(refusal):
        sell(market, **said)
    assert nothing_happened(market)


def test_nobody_sells_for_another_or_what_is_another_s_or_retired(market):
    hers, sold = market.saffron_cooperative, [Sold(market.saffron.pk, 1)]
    for by in (market.karim, market.hajja, market.youssef):
        with pytest.raises(NotFound):
            sell_at_stall(hers, uuid.uuid4(), sold, by=by)
        with pytest.raises(NotFound):
            record_till_sale(hers, uuid.uuid4(), sold, clock.now(), by=by)
    with pytest.raises(NotFound):
        sell_at_stall(hers, uuid.uuid4(), [*sold, Sold(market.argan.pk, 1)], by=market.fatima)
    Variant.objects.filter(pk=market.saffron.pk).update(retired_at=clock.now())
    with pytest.raises(NotSoldAnyMore):
        sell(market)
    assert nothing_happened(market)


def test_a_sale_is_taken_back_once_within_ten_minutes(market):
    with time_machine.travel(clock.now(), tick=False) as now:
        sale = sell(market, 4)
        now.shift(timedelta(minutes=10))
        for _again in range(2):
            assert take_back_sale(sale, by=market.brahim).is_undone
        assert level(market.saffron).on_hand == 40
        assert list(StockMovement.objects.filter(reference__startswith="stall").values_list("kind", "on_hand_change")) == [
            ("unsold", 4),
            ("sold", -4),
        ]
        assert sales_of_day(market.saffron_cooperative.pk, clock.today()).total_centimes == 0
        late = sell(market, 4)
        now.shift(timedelta(minutes=10, seconds=1))
        with pytest.raises(TooLateToUndo):
            take_back_sale(late, by=market.fatima)
        with pytest.raises(NotFound):
            take_back_sale(late, by=market.karim)
    assert level(market.saffron).on_hand == 36


def test_what_a_phone_sold_is_written_down_though_the_count_did_not_have_it(market):
    market.order(market.saffron, quantity=5)
    hold_stock("cart:0", [Want(market.saffron.pk, 4)])

    sale = till(market, 38)

    after = level(market.saffron)
    assert (after.on_hand, after.allocated, after.held) == (5, 5, 0)
    assert sale.total_centimes == 38 * 3800
    assert [(one.variant.pk, one.missing_pieces) for one in shortages_of(market.saffron_cooperative.pk)] == [
        (market.saffron.pk, 3)
    ]
    assert stock_faults()[1] == []


def test_what_is_missing_stays_to_be_counted_until_somebody_counts(market):
    till(market, 43)
    assert shortages_of(market.saffron_cooperative.pk)[0].missing_pieces == 3

    with pytest.raises(NotFound):
        count_after_shortage(market.saffron_cooperative, market.saffron, 1, by=market.karim)
    count_after_shortage(market.saffron_cooperative, market.saffron, 2, by=market.brahim)

    assert shortages_of(market.saffron_cooperative.pk) == []
    assert level(market.saffron).on_hand == 2


def test_fewer_than_promised_cannot_be_counted_and_stays_missing(market):
    market.order(market.saffron, quantity=5)
    till(market, 40)
    with pytest.raises(PromisedMore):
        count_after_shortage(market.saffron_cooperative, market.saffron, 1, by=market.fatima)
    assert shortages_of(market.saffron_cooperative.pk)[0].missing_pieces == 5


def test_what_changed_meanwhile_is_remembered_with_the_sale(market):
    Variant.objects.filter(pk=market.saffron.pk).update(price_centimes=9000, retired_at=clock.now())

    line = till(market, 2, price_centimes=3800).lines.get()

    assert (line.price_centimes, line.catalogue_centimes, line.was_retired, line.missing_pieces) == (3800, 9000, True, 0)


def test_sales_of_a_phone_arrive_once_in_any_order(market):
    keys = [uuid.uuid4() for _number in range(3)]
    for key in [*keys, *reversed(keys)]:
        till(market, 2, key)
    assert (StallSale.objects.count(), level(market.saffron).on_hand) == (3, 34)


def test_a_phone_with_a_wrong_clock_is_told(market):
    for at in (clock.now() - timedelta(days=61), clock.now() + timedelta(days=2)):
        with pytest.raises(MomentNotPossible):
            till(market, at=at)
    assert till(market, at=clock.now() + timedelta(minutes=5)).sold_at <= clock.now()
    assert StallSale.objects.count() == 1


@given(st.integers(1, 5_000_000))
def test_the_limits_of_a_price_hold_the_price(centimes):
    least, most = price_limits(centimes)
    assert 1 <= least <= centimes <= most == 2 * centimes
    assert 2 * least >= centimes > 2 * (least - 1)


@given(st.lists(st.integers(1, 3_000), min_size=1), st.integers(1, 2_000))
def test_pieces_of_many_weights_are_those_of_their_sum(weights, portion):
    pieces = grams = 0
    for weight in weights:
        grams += weight
        pieces += pieces_due(grams, Decimal(portion), pieces)
    assert abs(pieces * portion - grams) * 2 <= portion


@given(st.integers(1, 100_000), st.integers(1, 20_000), st.integers(50, 1_000_000))
def test_what_is_weighed_costs_what_it_weighs(grams, portion, price):
    assert abs(charged_for(price, Decimal(portion), grams) * portion - price * grams) * 2 <= portion
