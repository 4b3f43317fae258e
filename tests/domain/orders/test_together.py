"""Parcels of neighbours are fetched at one point, at once; the parts stay orders of their own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twiza.domain.delivery.carrier import DeliveryOption, PointRow
from twiza.domain.delivery.services import PointDetails, close_pickup_point, hand_over_at, open_pickup_point
from twiza.domain.orders.errors import TotalChanged
from twiza.domain.orders.models import Fulfilment, OrderGroup
from twiza.domain.orders.selectors import basket_of
from twiza.domain.orders.selectors.brought import parcels_brought_to
from twiza.domain.orders.selectors.contents import BasketPackage
from twiza.domain.orders.selectors.together import all_together, offered_together, together_offers
from twiza.domain.orders.services import accept_order, decline_order, mark_order_ready, place_order, record_delivery
from twiza.foundation.places.selectors import get_commune


@pytest.fixture
def point(market):
    """The saffron cooperative's workshop, to which the argan cooperative brings its parcels."""
    details = PointDetails(get_commune("09.541.01.11"), "Atelier", "الورشة", takes_others=True)
    point = open_pickup_point(market.saffron_cooperative, details, by=market.fatima)
    hand_over_at(market.argan_cooperative, point, by=market.hajja)
    return point


def together_with(market, point) -> tuple[object, dict[int, str]]:
    cart = market.basket(market.saffron, market.argan, market.honey)
    return cart, all_together(basket_of(cart), f"together:{point.pk}")


def placed(cart, choices) -> OrderGroup:
    return place_order(cart, expected_total_centimes=basket_of(cart, choices).total_centimes, choices=choices)


def test_those_who_hand_over_at_one_point_are_offered_together_for_the_latest_day(market, point):
    cart, choices = together_with(market, point)
    assert set(choices) == {market.saffron_cooperative.pk, market.argan_cooperative.pk}

    (offer,) = together_offers(basket_of(cart))
    apart = [
        option.arrives_until
        for package in basket_of(cart).packages
        for option in package.options
        if option.code == f"pickup:{point.pk}"
    ]
    assert len(apart) == 2
    assert offer.open_on == max(apart)
    assert not offer.is_chosen
    assert together_offers(basket_of(cart, choices))[0].is_chosen


def test_each_parcel_keeps_the_group_its_share_and_the_day(market, point):
    cart, choices = together_with(market, point)
    day = together_offers(basket_of(cart))[0].open_on

    group = placed(cart, choices)

    parcels = Fulfilment.objects.filter(order__group=group, together_at=point).select_related("order")
    assert {parcel.order.cooperative_id for parcel in parcels} == set(choices)
    assert {(one.carrier, one.promised_until, one.order.delivery_centimes) for one in parcels} == {("pickup", day, 0)}
    assert {one.order.cooperative_id: one.point_name for one in parcels} == {
        market.saffron_cooperative.pk: "Atelier, Taliouine",
        market.argan_cooperative.pk: "Atelier (Coopérative Zafrane Taliouine), Taliouine",
    }
    assert group.delivery_centimes == sum(order.delivery_centimes for order in group.orders.all())
    assert group.orders.count() == 3


def test_nobody_is_together_alone(market, point):
    cart = market.basket(market.saffron, market.argan)

    group = placed(cart, {market.argan_cooperative.pk: f"together:{point.pk}"})

    parcel = Fulfilment.objects.get(order__group=group, order__cooperative=market.argan_cooperative)
    assert (parcel.option_code, parcel.together_at) == (f"pickup:{point.pk}", None)


def test_one_who_declines_leaves_the_others_as_they_were_promised(market, point):
    cart, choices = together_with(market, point)
    group = placed(cart, choices)
    own = Fulfilment.objects.filter(order__group=group, order__cooperative=market.argan_cooperative)
    before = own.values("together_at", "promised_until", "order__delivery_centimes", "order__total_centimes").get()

    decline_order(group.orders.get(cooperative=market.saffron_cooperative), by=market.fatima)

    assert own.values(*before).get() == before
    assert before["together_at"] == point.pk


def test_the_keeper_reads_what_neighbours_bring_until_it_is_fetched(market, point):
    cart, choices = together_with(market, point)
    order = placed(cart, choices).orders.get(cooperative=market.argan_cooperative)
    assert parcels_brought_to(point) == []

    accept_order(order, by=market.hajja)
    (parcel,) = parcels_brought_to(point)
    assert (parcel.cooperative, parcel.number, parcel.cash_centimes) == (
        "Coopérative Taghart",
        order.number,
        order.total_centimes,
    )
    assert not parcel.is_there

    order = mark_order_ready(order, by=market.hajja)
    assert parcels_brought_to(point)[0].is_there
    record_delivery(order, by=market.hajja)
    assert parcels_brought_to(point) == []


def test_a_point_that_closed_meanwhile_is_not_ordered_to(market, point):
    cart, choices = together_with(market, point)
    read = basket_of(cart, choices).total_centimes
    close_pickup_point(point, by=market.fatima)

    with pytest.raises(TotalChanged):
        place_order(cart, expected_total_centimes=read, choices=choices)

    assert not OrderGroup.objects.exists()


DAY = date(2030, 1, 1)


@given(st.lists(st.dictionaries(st.integers(1, 4), st.integers(0, 30), max_size=4), max_size=5))
def test_together_is_for_the_latest_day_never_dearer_and_never_for_one(days):
    packages = [BasketPackage(None, (), tuple(_fetched(*one) for one in each.items())) for each in days]

    joined = [option for package in offered_together(packages) for option in package.options if option.code[0] == "t"]

    for point_id in range(1, 5):
        there = [each[point_id] for each in days if point_id in each]
        those = [option for option in joined if option.point.id == point_id]
        assert len(those) == (len(there) if len(there) > 1 else 0)
        assert {option.arrives_until for option in those} <= {DAY + timedelta(max(there, default=0))}
    assert sum(option.total_centimes for option in joined) == 0


def _fetched(point_id: int, days: int) -> DeliveryOption:
    day = DAY + timedelta(days)
    point = PointRow(point_id, "Atelier", "Taliouine", "", "", open_on=day)
    return DeliveryOption(f"pickup:{point_id}", "pickup", 0, 0, 1, 3, point=point, arrives_from=day, arrives_until=day)
