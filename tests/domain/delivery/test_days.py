"""On which day a parcel leaves, arrives, or can be fetched. 23 November 2026 is a Monday."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from tests.people import TALIOUINE
from twiza.domain.delivery.errors import HoursIncomplete
from twiza.domain.delivery.models import Holiday, PickupPoint
from twiza.domain.delivery.rules import Rhythm, arrives_on, fetched_from, is_open_on, leaves_on, opening_of
from twiza.domain.delivery.selectors import get_point_of
from twiza.domain.delivery.services import (
    PointDetails,
    change_pickup_point,
    close_pickup_point,
    open_pickup_point,
    reopen_pickup_point,
    say_how_it_sends,
)
from twiza.domain.orders.models import Fulfilment
from twiza.domain.orders.selectors import basket_of
from twiza.domain.orders.services import place_order
from twiza.foundation.places.selectors import get_commune
from twiza.kit.errors import NotFound

MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DAYS = st.dates(date(2026, 1, 1), date(2029, 12, 31))


def details(**other) -> PointDetails:
    return PointDetails(get_commune(TALIOUINE), "Étal", "مكان البيع", **other)


@pytest.mark.parametrize(
    ("rhythm", "hour", "day"),
    [
        (Rhythm(), 9, 23),
        (Rhythm(cut_off=time(12, 0)), 9, 23),
        (Rhythm(cut_off=time(12, 0)), 13, 24),
        (Rhythm(weekdays=(3,)), 9, 26),
        (Rhythm(weekdays=(0,), cut_off=time(10, 0)), 12, 30),
    ],
)
def test_a_parcel_leaves_on_the_next_day_of_its_cooperative(rhythm, hour, day):
    ordered = datetime(2026, 11, 23, hour, 30, tzinfo=UTC)
    assert leaves_on(rhythm, ordered, ()) == date(2026, 11, day)


def test_neither_a_holiday_nor_an_earlier_promise_is_overlooked():
    assert leaves_on(Rhythm(), MORNING, {date(2026, 11, 23)}) == date(2026, 11, 24)
    assert leaves_on(Rhythm(), MORNING, (), ships_by=date(2026, 12, 5)) == date(2026, 12, 7)


def test_carriers_rest_on_sundays_and_holidays():
    saturday = date(2026, 11, 28)
    assert arrives_on(saturday, 1, ()) == date(2026, 11, 30)
    assert arrives_on(saturday, 2, {date(2026, 11, 30)}) == date(2026, 12, 2)
    assert arrives_on(saturday, 0, ()) == saturday


@given(left=DAYS, days=st.integers(0, 30), off=st.sets(DAYS, max_size=20))
def test_more_days_never_arrive_earlier_and_never_on_a_day_off(left, days, off):
    sooner, later = arrives_on(left, days, off), arrives_on(left, days + 1, off)
    assert left <= sooner < later
    assert later.weekday() != 6
    assert later not in off


@given(
    left=DAYS,
    weekdays=st.sets(st.integers(0, 6), max_size=7),
    closed=DAYS,
    length=st.integers(0, 40),
    off=st.sets(DAYS, max_size=9),
)
def test_whoever_comes_on_the_promised_day_finds_the_point_open(left, weekdays, closed, length, off):
    point = PickupPoint(weekdays=sorted(weekdays), closed_from=closed, closed_until=closed + timedelta(days=length))

    day = fetched_from(point, left, off)

    assert is_open_on(point, day, off)
    assert not any(is_open_on(point, left + timedelta(days=ahead), off) for ahead in range((day - left).days))


def test_a_souk_is_held_on_a_holiday_and_a_workshop_is_not_open():
    day = date(2026, 11, 26)
    assert is_open_on(PickupPoint(kind="souk", weekdays=[3]), day, {day})
    assert not is_open_on(PickupPoint(kind="workshop", weekdays=[3]), day, {day})


def test_days_and_hours_are_said_in_words():
    point = PickupPoint(weekdays=[0, 1, 2, 3], opens_at=time(9, 0), closes_at=time(17, 0))
    assert opening_of(point) == "lundi à jeudi de 09:00 à 17:00"


@time_machine.travel(MORNING, tick=False)
def test_a_buyer_is_promised_the_souk_of_thursday_and_the_order_keeps_it(market):
    say_how_it_sends(market.saffron_cooperative, Rhythm(weekdays=(0, 1, 2, 3, 4), allows_opening=True), by=market.fatima)
    open_pickup_point(market.saffron_cooperative, details(kind="souk", weekdays=(3,)), by=market.fatima)
    cart = market.basket(market.saffron)

    brought, fetched = basket_of(cart).packages[0].options
    assert (brought.arrives_from, brought.arrives_until) == (date(2026, 11, 26), date(2026, 11, 28))
    assert (fetched.arrives_from, fetched.arrives_until) == (date(2026, 11, 26), date(2026, 11, 26))
    choices = {market.saffron_cooperative.pk: fetched.code}
    place_order(cart, expected_total_centimes=basket_of(cart, choices).total_centimes, choices=choices)

    parcel = Fulfilment.objects.get()
    assert (parcel.promised_from, parcel.promised_until, parcel.allows_opening) == (date(2026, 11, 26), date(2026, 11, 26), True)


@time_machine.travel(datetime(2026, 11, 17, 9, 0, tzinfo=UTC), tick=False)
def test_the_holidays_of_the_table_are_kept(market):
    assert Holiday.objects.filter(day=date(2026, 11, 18)).exists()
    brought = basket_of(market.basket(market.saffron)).packages[0].options[0]
    assert brought.arrives_from == date(2026, 11, 21)


@pytest.mark.parametrize(("from_centimes", "price"), [(3800, 0), (3801, 4000)])
def test_a_cooperative_pays_for_sending_from_its_amount_on(market, from_centimes, price):
    say_how_it_sends(market.saffron_cooperative, Rhythm(free_from_centimes=from_centimes), by=market.fatima)

    basket = basket_of(market.basket(market.saffron))

    assert basket.delivery_centimes == price
    assert basket.total_centimes == 3800 + price


@pytest.mark.parametrize(
    "wrong",
    [
        {"opens_at": time(9, 0)},
        {"opens_at": time(9, 0), "closes_at": time(9, 0)},
        {"closed_until": date(2026, 11, 26)},
        {"closed_from": date(2026, 11, 27), "closed_until": date(2026, 11, 26)},
    ],
)
def test_hours_that_cannot_be_are_refused_and_nothing_opens(market, wrong):
    with pytest.raises(HoursIncomplete):
        open_pickup_point(market.saffron_cooperative, details(**wrong), by=market.fatima)
    assert not PickupPoint.objects.exists()


def test_a_closed_point_is_offered_to_nobody_until_it_opens_again(market):
    point = open_pickup_point(market.saffron_cooperative, details(), by=market.fatima)
    cart = market.basket(market.saffron)

    def offered() -> int:
        return len(basket_of(cart).packages[0].options)

    assert offered() == 2
    close_pickup_point(point, by=market.fatima)
    assert offered() == 1
    reopen_pickup_point(point, by=market.fatima)
    assert offered() == 2


def test_nobody_else_says_how_a_cooperative_sends(market):
    point = open_pickup_point(market.saffron_cooperative, details(), by=market.fatima)
    for act in (
        lambda by: open_pickup_point(market.saffron_cooperative, details(), by=by),
        lambda by: change_pickup_point(point, details(kind="souk"), by=by),
        lambda by: close_pickup_point(point, by=by),
        lambda by: reopen_pickup_point(point, by=by),
        lambda by: say_how_it_sends(market.saffron_cooperative, Rhythm(), by=by),
    ):
        with pytest.raises(NotFound):
            act(market.hajja)
    with pytest.raises(NotFound):
        get_point_of(market.argan_cooperative, point.pk)
    kept = PickupPoint.objects.get()
    assert (kept.kind, kept.closed_at) == ("workshop", None)
