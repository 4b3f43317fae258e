"""Cash paid at the door is with somebody from the moment the parcel leaves, and nobody's before."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import pytest
from django.db import connection

from twiza.domain.delivery.services import PointDetails, hand_over_at, open_pickup_point
from twiza.domain.orders.models import Order
from twiza.domain.orders.selectors import basket_of
from twiza.domain.orders.services import (
    DriverDetails,
    News,
    accept_order,
    hand_over_order,
    hear_of_parcel,
    mark_order_ready,
    place_order,
    record_delivery,
    record_loss,
    record_refusal,
)
from twiza.domain.payments.events import CashCollected
from twiza.domain.payments.models import CashCollection
from twiza.domain.payments.selectors import cash_of, cash_seen_by
from twiza.domain.payments.services import cash as cash_services
from twiza.domain.payments.services import expect_cash
from twiza.foundation.places.selectors import get_commune
from twiza.kit import clock


@pytest.fixture
def told(monkeypatch) -> list[CashCollected]:
    """What is published of cash."""
    heard: list[CashCollected] = []
    monkeypatch.setattr(cash_services, "publish", heard.append)
    return heard


def accepted(market) -> Order:
    return accept_order(market.order(market.saffron).orders.get(), by=market.fatima)


def fetched(market, point, variant, by) -> Order:
    cart = market.basket(variant)
    choices = {variant.product.cooperative_id: f"pickup:{point.pk}"}
    group = place_order(cart, expected_total_centimes=basket_of(cart, choices).total_centimes, choices=choices)
    return mark_order_ready(accept_order(group.orders.get(), by=by), by=by)


def holder(order: Order) -> tuple[str, str]:
    cash = cash_of(f"order:{order.pk}")
    assert cash is not None
    return cash.holder_kind, cash.holder


def test_nobody_is_expected_to_collect_before_the_parcel_leaves(market):
    order = accepted(market)
    assert cash_of(f"order:{order.pk}") is None

    hand_over_order(order, by=market.fatima)

    cash = cash_of(f"order:{order.pk}")
    assert cash is not None
    assert (cash.state, cash.expected_centimes, cash.collected_centimes) == ("expected", order.total_centimes, 0)
    assert holder(order) == ("carrier", "tariff_table")
    assert cash.cooperative == market.saffron_cooperative


def test_what_the_buyer_paid_is_collected_once(market, told):
    order = hand_over_order(accepted(market), by=market.fatima)

    record_delivery(order, by=market.fatima)
    hear_of_parcel(order, News("delivered", clock.today(), "amana", "delivered:1"))

    cash = cash_of(f"order:{order.pk}")
    assert cash is not None
    assert (cash.state, cash.collected_centimes) == ("collected", order.total_centimes)
    assert told == [CashCollected(collection_id=cash.pk)]


@pytest.mark.parametrize("act", [record_loss, lambda order, by: record_refusal(order, reason="not_wanted", by=by)])
def test_nobody_owes_what_was_never_paid(market, told, act):
    order = hand_over_order(accepted(market), by=market.fatima)

    act(order, by=market.fatima)

    cash = cash_of(f"order:{order.pk}")
    assert cash is not None
    assert (cash.state, cash.collected_centimes) == ("refused", 0)
    assert told == []


def test_a_driver_brings_the_money_to_the_cooperative_that_sent_him(market):
    driver = DriverDetails("Si Brahim", "+212661000001", "Gare routière", clock.now() + timedelta(hours=9))
    order = hand_over_order(accepted(market), by=market.fatima, driver=driver)

    assert holder(order) == ("cooperative", f"cooperative:{market.saffron_cooperative.pk}")


def test_what_the_cooperative_gives_itself_it_also_collects(market):
    order = mark_order_ready(accepted(market), by=market.fatima)

    record_delivery(order, by=market.fatima)

    cash = cash_of(f"order:{order.pk}")
    assert cash is not None
    assert (cash.holder_kind, cash.held_by, cash.state) == ("cooperative", market.saffron_cooperative, "collected")


def test_at_a_neighbours_point_its_keeper_takes_the_money(market):
    details = PointDetails(get_commune("09.541.01.11"), "Atelier", "الورشة", takes_others=True)
    point = open_pickup_point(market.saffron_cooperative, details, by=market.fatima)
    hand_over_at(market.argan_cooperative, point, by=market.hajja)

    own = record_delivery(fetched(market, point, market.saffron, market.fatima), by=market.fatima)
    brought = record_delivery(fetched(market, point, market.argan, market.hajja), by=market.hajja)

    assert holder(own) == ("cooperative", f"cooperative:{market.saffron_cooperative.pk}")
    assert holder(brought) == ("pickup_point", f"pickup:{point.pk}")
    assert cash_of(f"order:{brought.pk}").held_by == market.saffron_cooperative
    assert {one.part for one in cash_seen_by(market.fatima)} == {f"order:{own.pk}", f"order:{brought.pk}"}


def test_each_sees_the_cash_of_their_own_sales_and_a_keeper_of_the_register_all(market):
    order = hand_over_order(accepted(market), by=market.fatima)
    market.operator.keeps_register = True
    market.operator.save()

    for person, sees in [
        (market.fatima, True),
        (market.brahim, True),
        (market.hajja, False),
        (market.salma, False),
        (market.youssef, True),
        (None, False),
    ]:
        assert cash_seen_by(person).filter(part=f"order:{order.pk}").exists() is sees


def test_what_is_paid_already_is_not_collected_again(market):
    order = record_delivery(mark_order_ready(accepted(market), by=market.fatima), by=market.fatima)
    CashCollection.objects.all().delete()

    expect_cash(f"order:{order.pk}", holder=cash_services.carrier_holds("amana"), cooperative_id=market.saffron_cooperative.pk)

    assert not CashCollection.objects.exists()


def facts() -> dict[str, tuple[object, ...]]:
    fields = ("cooperative", "holder_kind", "holder", "held_by", "expected_centimes", "collected_centimes", "state")
    return {cash.part: tuple(getattr(cash, field) for field in fields) for cash in CashCollection.objects.all()}


def paid_parts() -> set[str]:
    return set(CashCollection.objects.filter(collected_at__isnull=False).values_list("part", flat=True))


def test_parcels_that_left_before_it_was_kept_are_written_down_the_same(market):
    """The sentence of the migration says what the services would have written."""
    details = PointDetails(get_commune("09.541.01.11"), "Atelier", "الورشة", takes_others=True)
    point = open_pickup_point(market.saffron_cooperative, details, by=market.fatima)
    hand_over_at(market.argan_cooperative, point, by=market.hajja)
    driver = DriverDetails("Si Brahim", "+212661000001", "Gare routière", clock.now() + timedelta(hours=9))
    record_delivery(fetched(market, point, market.argan, market.hajja), by=market.hajja)
    record_delivery(fetched(market, point, market.saffron, market.fatima), by=market.fatima)
    record_delivery(mark_order_ready(accepted(market), by=market.fatima), by=market.fatima)
    hand_over_order(accepted(market), by=market.fatima, driver=driver)
    for act in (record_delivery, record_loss, lambda order, by: order):
        act(hand_over_order(accepted(market), by=market.fatima), by=market.fatima)
    accepted(market)
    before, paid = facts(), paid_parts()
    CashCollection.objects.all().delete()

    sentence = import_module("twiza.domain.orders.migrations.0029_cash_on_its_way").WRITE_DOWN
    for _ in range(2):
        with connection.cursor() as cursor:
            cursor.execute(sentence)

    assert facts() == before
    assert paid_parts() == paid
