"""A cooperative brings its parcels to a neighbour's point, when the neighbour lets others do so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from twiza.domain.delivery.models import HandOver
from twiza.domain.delivery.selectors import points_to_hand_over_at, whom_nobody_reaches
from twiza.domain.delivery.services import (
    PointDetails,
    change_pickup_point,
    close_pickup_point,
    hand_over_at,
    open_pickup_point,
    stop_handing_over_at,
)
from twiza.foundation.places.selectors import get_commune
from twiza.kit.errors import NotFound


@pytest.fixture
def details():
    return PointDetails(get_commune("09.541.01.11"), "Atelier", "الورشة", takes_others=True)


@pytest.fixture
def point(market, details):
    return open_pickup_point(market.saffron_cooperative, details, by=market.fatima)


def test_a_neighbour_of_the_region_chooses_it_and_is_reached_there(market, point):
    assert points_to_hand_over_at(market.argan_cooperative) == [(point, False)]
    assert points_to_hand_over_at(market.honey_cooperative) == points_to_hand_over_at(market.saffron_cooperative) == []

    for _twice in range(2):
        hand_over_at(market.argan_cooperative, point, by=market.hajja)
    assert points_to_hand_over_at(market.argan_cooperative) == [(point, True)]
    assert whom_nobody_reaches([market.argan_cooperative.pk], ["pickup"]) == set()

    stop_handing_over_at(market.argan_cooperative, point, by=market.hajja)
    assert whom_nobody_reaches([market.argan_cooperative.pk], ["pickup"]) == {market.argan_cooperative.pk}


def test_nobody_is_sent_to_a_point_that_is_closed_or_takes_others_no_more(market, point, details):
    hand_over_at(market.argan_cooperative, point, by=market.hajja)

    change_pickup_point(point, replace(details, takes_others=False), by=market.fatima)
    assert whom_nobody_reaches([market.argan_cooperative.pk], ["pickup"]) == {market.argan_cooperative.pk}
    change_pickup_point(point, details, by=market.fatima)
    close_pickup_point(point, by=market.fatima)
    assert whom_nobody_reaches([market.argan_cooperative.pk], ["pickup"]) == {market.argan_cooperative.pk}
    assert points_to_hand_over_at(market.argan_cooperative) == []


def test_only_whoever_speaks_for_it_says_so_and_only_of_others_that_take_it(market, point, details):
    shut = open_pickup_point(market.saffron_cooperative, replace(details, takes_others=False), by=market.fatima)
    for cooperative, where, by in (
        (market.argan_cooperative, point, market.fatima),
        (market.argan_cooperative, shut, market.hajja),
        (market.saffron_cooperative, point, market.fatima),
    ):
        with pytest.raises(NotFound):
            hand_over_at(cooperative, where, by=by)
    assert not HandOver.objects.exists()
