"""What is paid on delivery waits for its buyer's yes as long as its storefront says, and is not sent without it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.jobs import run_jobs
from twiza.domain.inventory.models import StockLevel
from twiza.domain.orders.models import Order, OrderGroup
from twiza.domain.orders.selectors import basket_of
from twiza.domain.orders.services import (
    accept_order,
    confirm_by_call,
    confirm_group,
    hand_over_order,
    lapse_unconfirmed,
    mark_order_ready,
    place_order,
)
from twiza.domain.orders.services.baskets import put_in_cart
from twiza.domain.payments.models import Allocation
from twiza.domain.storefronts.models import StorefrontWays
from twiza.domain.storefronts.selectors import Ways, ways_of
from twiza.domain.storefronts.services import choose_ways
from twiza.foundation.messaging.models import Message
from twiza.kit import clock
from twiza.kit.errors import NotFound
from twiza.kit.quiet_hours import waking_moment


@pytest.fixture(autouse=True)
def by_day(time_machine):
    """Ten in the morning, so that no limit is moved by a night."""
    time_machine.move_to(clock.now().replace(hour=9, minute=0), tick=False)


@pytest.fixture
def limited(market):
    """The souk waits a day."""
    StorefrontWays.objects.update_or_create(storefront=market.souk, defaults={"confirm_within_hours": 24})
    return market


def ordered(market, storefront=None) -> Order:
    """A jar of Mina's, put in the basket in that storefront."""
    cart = market.basket(market.saffron)
    put_in_cart(cart, market.honey.pk, 2, storefront or market.souk)
    group = place_order(cart, expected_total_centimes=basket_of(cart).total_centimes)
    return group.orders.get(cooperative=market.honey_cooperative)


def later(time_machine, hours: float) -> None:
    time_machine.move_to(clock.now() + timedelta(hours=hours), tick=False)


def promised(market) -> int:
    return StockLevel.objects.get(variant=market.honey).allocated


def test_without_a_limit_an_order_waits_for_its_buyer_as_long_as_it_must(market, time_machine):
    order = ordered(market)
    assert order.group.confirm_before is None

    later(time_machine, 24 * 30)

    assert lapse_unconfirmed() == 0
    order.refresh_from_db()
    assert order.status == "placed"


def test_the_shortest_limit_of_its_storefronts_holds_for_the_whole_order(limited):
    order = ordered(limited)

    assert order.group.confirm_before == waking_moment(clock.now() + timedelta(hours=24))
    assert ordered(limited, limited.national).group.confirm_before is None


def test_without_a_yes_it_is_not_sent_its_goods_are_free_and_both_are_told(limited, time_machine):
    order = accept_order(ordered(limited), by=limited.mina)
    ready = mark_order_ready(accept_order(order.group.orders.exclude(pk=order.pk).get(), by=limited.fatima), by=limited.fatima)
    assert promised(limited) == 2
    run_jobs()
    last = Message.objects.order_by("-pk").first().pk

    later(time_machine, 23)
    assert lapse_unconfirmed() == 0
    later(time_machine, 1)
    assert lapse_unconfirmed() == 2
    assert lapse_unconfirmed() == 0

    for one in (order, ready):
        one.refresh_from_db()
        assert (one.status, one.fulfilment.__class__.objects.get(order=one).status) == ("declined", "cancelled")
        assert one.steps.filter(what="unconfirmed").count() == 1
    assert promised(limited) == 0
    assert Allocation.objects.get(reference=f"order:{order.pk}").cancelled_at is not None
    group = OrderGroup.objects.get(pk=order.group_id)
    assert (group.status, group.due_centimes) == ("cancelled", 0)
    run_jobs()
    told = Message.objects.filter(pk__gt=last)
    assert sorted(set(told.values_list("to", flat=True))) == sorted({limited.mina.phone, limited.fatima.phone, group.buyer_phone})
    assert told.filter(to=group.buyer_phone, text__contains="sans votre OUI").count() == 2


def test_the_first_text_says_until_when(limited):
    order = ordered(limited)
    run_jobs()

    text = Message.objects.filter(to=order.group.buyer_phone).first().text
    assert "avant le" in text
    assert order.group.confirmation_code in text


@pytest.mark.parametrize("act", ["buyer", "call"])
def test_whoever_said_yes_in_time_has_it_sent(limited, time_machine, act):
    order = ordered(limited)
    if act == "buyer":
        confirm_group(order.group)
    else:
        confirm_by_call(order, by=limited.mina)

    later(time_machine, 48)

    assert lapse_unconfirmed() == 0
    order.refresh_from_db()
    assert order.status == "placed"


def test_what_left_is_on_its_way_all_the_same(limited, time_machine):
    order = hand_over_order(accept_order(ordered(limited), by=limited.mina), by=limited.mina)

    later(time_machine, 24)

    assert lapse_unconfirmed() == 1  # the other cooperative's part
    order.refresh_from_db()
    assert order.status == "accepted"


def test_nobody_is_left_without_their_order_at_night(limited, time_machine):
    ordered(limited)
    time_machine.move_to(clock.now().replace(hour=23) + timedelta(days=2), tick=False)

    assert lapse_unconfirmed() == 0


def test_a_stranger_does_not_say_yes_for_a_buyer(limited):
    order = ordered(limited)

    for person in (limited.karim, limited.hajja):
        with pytest.raises(NotFound):
            confirm_by_call(order, by=person)

    assert OrderGroup.objects.get(pk=order.group_id).confirmed_at is None
    confirm_by_call(order, by=limited.youssef)
    assert OrderGroup.objects.get(pk=order.group_id).confirmed_at is not None


def test_an_operator_says_how_long_its_storefront_waits(market):
    ways = ways_of(market.souk)

    choose_ways(market.souk, Ways(ways.payments, ways.carriers, ways.languages, 48), by=market.youssef)
    assert ways_of(market.souk).confirm_within_hours == 48

    choose_ways(market.souk, Ways(ways.payments, ways.carriers, ways.languages), by=market.youssef)
    assert ways_of(market.souk).confirm_within_hours is None
