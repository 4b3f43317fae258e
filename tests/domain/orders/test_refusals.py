"""How many parcels nobody took is counted by carrier and distance, and never by person."""

from __future__ import annotations

import pytest

from twiza.domain.delivery.selectors import zone_between
from twiza.domain.directory.services.entrusting import entrust_register
from twiza.domain.orders.models import Order, OrderGroup
from twiza.domain.orders.selectors.refusals import RefusalRate, refusal_rates
from twiza.domain.orders.services import accept_order, hand_over_order, record_delivery, record_loss, record_refusal
from twiza.foundation.places.models import Commune
from twiza.foundation.places.selectors import get_commune


@pytest.fixture
def keeper(market):
    entrust_register(market.operator, by=None)
    return market.youssef


def sent(market) -> Order:
    return hand_over_order(accept_order(market.order(market.saffron).orders.get(), by=market.fatima), by=market.fatima)


def test_parcels_that_arrived_are_counted_and_those_nobody_took(market, keeper):
    for _ in range(3):
        record_delivery(sent(market), by=market.fatima)
    record_refusal(sent(market), reason="not_wanted", by=market.fatima)
    record_loss(sent(market), by=market.fatima)
    sent(market)

    (rate,) = refusal_rates(keeper)
    assert (rate.carrier, rate.zone, rate.parcels, rate.refused) == ("tariff_table", "national", 4, 1)
    assert rate.percent is None

    record_refusal(sent(market), reason="never_taken", by=market.fatima)
    (rate,) = refusal_rates(keeper)
    assert (rate.parcels, rate.refused, rate.percent) == (5, 2, 40)


def test_the_distance_is_the_one_the_price_was_of(market, keeper):
    order = record_delivery(sent(market), by=market.fatima)
    origin = order.cooperative.published_revision.commune
    own, region = origin.province, origin.province.region
    others = {
        Commune.objects.filter(province=own).exclude(pk=origin.pk).first(),
        Commune.objects.filter(province__region=region).exclude(province=own).first(),
        Commune.objects.filter(is_remote=True).exclude(province__region=region).first(),
        Commune.objects.filter(is_remote=True, province=own).first(),
        get_commune("06.141.01.01"),
    }

    for commune in others - {None}:
        OrderGroup.objects.filter(pk=order.group_id).update(commune=commune)
        (rate,) = refusal_rates(keeper)
        assert rate.zone == zone_between(origin, commune), commune


def test_nobody_else_reads_it(market):
    record_delivery(sent(market), by=market.fatima)

    assert [list(refusal_rates(person)) for person in (market.fatima, market.youssef, None)] == [[], [], []]


@pytest.mark.parametrize(("parcels", "refused", "percent"), [(4, 4, None), (5, 0, 0), (7, 1, 14), (8, 1, 13), (200, 1, 1)])
def test_a_share_is_rounded_to_the_nearest_and_not_said_of_few(parcels, refused, percent):
    assert RefusalRate("tariff_table", "local", parcels, refused).percent == percent
