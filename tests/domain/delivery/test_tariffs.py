"""What sending costs: an operator's table for days to come, and nothing that is over ever changes."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from twiza.domain.delivery.carrier import TariffRow
from twiza.domain.delivery.errors import TooLateToAnnounce
from twiza.domain.delivery.models import Tariff, Zone
from twiza.domain.delivery.selectors import examples_of, indicative_tariffs, tariffs_to_come
from twiza.domain.delivery.services import announce_tariffs, withdraw_tariffs
from twiza.domain.orders.models import Fulfilment
from twiza.domain.orders.selectors import basket_of
from twiza.domain.orders.services import place_order, put_in_cart
from twiza.kit import clock
from twiza.kit.errors import NotFound

DEAR = TariffRow(6000, 2000, 500, 1000, 1, 2, return_centimes=1500, is_contracted=True)


def tomorrow():
    return clock.today() + timedelta(days=1)


def announce(market, day=None, row=DEAR, by=None) -> None:
    rows = dict.fromkeys(Zone.values, row)
    announce_tariffs(market.operator, carrier="tariff_table", valid_from=day or tomorrow(), rows=rows, by=by or market.youssef)


def price(market, *storefronts) -> int:
    """What sending the honey costs when it was chosen in these storefronts."""
    cart = market.basket(market.honey)
    cart.lines.all().delete()
    for storefront in storefronts:
        put_in_cart(cart, market.honey.pk, 1, storefront)
    return basket_of(cart).delivery_centimes


def test_an_announced_table_holds_from_its_day_in_the_operators_storefronts_alone(market):
    announce(market)
    assert price(market, market.souk) == 4000

    with time_machine.travel(clock.now() + timedelta(days=1)):
        assert price(market, market.souk) == 7000
        assert price(market, market.national) == 4000
        assert [row.base_centimes for row in indicative_tariffs(market.operator.pk)] == [6000] * 4
        assert [row.base_centimes for row in indicative_tariffs()] == [2000, 2500, 3500, 4500]


@pytest.mark.parametrize("days", [0, -1, -400])
def test_today_and_what_is_over_is_never_changed(market, days):
    before = list(Tariff.objects.order_by("pk").values())

    with pytest.raises(TooLateToAnnounce):
        announce(market, clock.today() + timedelta(days=days))
    with pytest.raises(TooLateToAnnounce):
        withdraw_tariffs(
            market.operator, carrier="tariff_table", valid_from=clock.today() + timedelta(days=days), by=market.youssef
        )

    assert list(Tariff.objects.order_by("pk").values()) == before


def test_the_second_announcement_for_a_day_counts_and_may_be_taken_away(market):
    announce(market, row=TariffRow(1, 1000, 0, 0, 1, 1))
    announce(market)
    assert [row.base_centimes for row in tariffs_to_come(market.operator)] == [6000] * 4

    withdraw_tariffs(market.operator, carrier="tariff_table", valid_from=tomorrow(), by=market.youssef)
    assert tariffs_to_come(market.operator) == []


@pytest.mark.parametrize("who", ["karim", "mina", "salma"])
def test_only_whoever_decides_for_the_operator_announces(market, who):
    with pytest.raises(NotFound):
        announce(market, by=getattr(market, who))
    assert not Tariff.objects.filter(operator__isnull=False).exists()


def test_what_the_way_back_costs_is_kept_with_the_order(market):
    cart = market.basket(market.honey)

    place_order(cart, expected_total_centimes=basket_of(cart).total_centimes)

    assert Fulfilment.objects.get().return_centimes == 1000


def test_three_parcels_show_what_a_buyer_pays(db):
    found = examples_of(indicative_tariffs())

    assert [(one.zone, one.kilograms, one.total_centimes) for one in found] == [
        ("local", 1, 2500),
        ("national", 3, 4000),
        ("remote", 12, 4500 + 7 * 150 + 500),
    ]
