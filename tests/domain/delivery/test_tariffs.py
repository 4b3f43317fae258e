"""What sending costs: an operator's table for days to come, and nothing that is over ever changes."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError

from twiza.domain.catalogue.forms import SizeField
from twiza.domain.catalogue.models import Variant
from twiza.domain.delivery.carrier import ParcelFacts, TariffRow, counted_grams, priced_by_table
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


@pytest.mark.parametrize(
    ("grams", "cm3", "by_volume", "counted"),
    [
        (800, 30_000, 5000, 6000),
        (7000, 30_000, 5000, 7000),
        (800, 30_001, 5000, 6001),
        (800, 30_000, None, 800),
        (800, 0, 5000, 800),
    ],
)
def test_a_large_light_parcel_costs_by_its_size(grams, cm3, by_volume, counted):
    row = TariffRow(2000, 5000, 100, 0, 1, 2, cm3_per_kilogram=by_volume)
    parcel = ParcelFacts("local", grams, is_paid_on_delivery=False, volume_cm3=cm3)

    assert counted_grams(parcel, row) == counted
    extra = -(-max(0, counted - 5000) // 1000)
    assert priced_by_table("x", parcel, row)[0].price_centimes == 2000 + extra * 100


def test_a_basket_is_priced_by_the_size_of_what_was_measured(market):
    Tariff.objects.update(cm3_per_kilogram=5000)
    cart = market.basket(market.honey, quantity=2)
    assert basket_of(cart).delivery_centimes == 4000

    Variant.objects.filter(pk=market.honey.pk).update(packed_cm3=20_000)

    assert basket_of(cart).delivery_centimes == 4000 + 3 * 100


@pytest.mark.parametrize(("typed", "cm3"), [("30 x 20 x 10", 6000), ("12,5*8×8 cm", 800), ("", None), ("٣٠x٢٠x١٠", 6000)])
def test_a_size_is_read_as_people_type_it(typed, cm3):
    assert SizeField(required=False).clean(typed) == cm3


@pytest.mark.parametrize("typed", ["30 x 20", "30", "0 x 1 x 1", "301 x 1 x 1", "a x b x c", "1e3 x 1 x 1"])
def test_what_is_no_size_is_refused(typed):
    with pytest.raises(ValidationError):
        SizeField(required=False).clean(typed)


def test_three_parcels_show_what_a_buyer_pays(db):
    found = examples_of(indicative_tariffs())

    assert [(one.zone, one.kilograms, one.total_centimes) for one in found] == [
        ("local", 1, 2500),
        ("national", 3, 4000),
        ("remote", 12, 4500 + 7 * 150 + 500),
    ]
