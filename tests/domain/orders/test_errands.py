"""A carrier with a network comes for what is packed: once, whatever fails on the way, and tells what becomes of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.jobs import run_jobs
from tests.playing_carrier import CODE, Carrier
from twiza.domain.delivery.carrier import CarrierAway, CarrierDeclines, CarrierUnsure, ToldStatus
from twiza.domain.delivery.models import Tariff
from twiza.domain.delivery.selectors import carriers
from twiza.domain.orders.errors import NoSuchParcel, NothingToAsk
from twiza.domain.orders.models import CarrierWord, Errand, Fulfilment, Order, ParcelNews
from twiza.domain.orders.selectors import basket_of
from twiza.domain.orders.selectors.errands import errands_in_trouble_in, words_to_read_in
from twiza.domain.orders.services import (
    Address,
    accept_order,
    ask_carrier_again,
    hand_over_order,
    hear_from_carrier,
    keep_address,
    mark_order_ready,
    mark_word_read,
    place_order,
    put_in_cart,
    start_cart,
)
from twiza.domain.orders.services.carrier_words import look_at_quiet_parcels
from twiza.domain.orders.services.errands import MOST_ATTEMPTS, ask_carrier, pick_up_left_behind
from twiza.domain.storefronts.selectors import Ways, ways_of
from twiza.domain.storefronts.services import choose_ways
from twiza.foundation.messaging.models import Message
from twiza.foundation.places.selectors import get_commune
from twiza.kit import clock
from twiza.kit.errors import NotFound

MONDAY = datetime(2026, 11, 16, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def carrier(settings):
    settings.CARRIERS = ["tariff_table", "pickup", CODE]
    carriers.cache_clear()
    Carrier.forget()
    yield Carrier
    carriers.cache_clear()


@pytest.fixture
def order(market) -> Order:
    """In the souk's storefront, to be brought by the carrier with a network; accepted."""
    for row in Tariff.objects.filter(carrier="tariff_table", operator=None):
        row.pk, row.carrier = None, CODE
        row.save()
    choose_ways(market.souk, Ways(("cash_on_delivery",), (CODE,), ("fr",)), by=market.youssef)
    cart = start_cart(language="fr")
    put_in_cart(cart, market.honey.pk, 2, market.souk)
    keep_address(cart, Address("Salma", "+212683005001", get_commune("06.141.01.0"), "Maârif"))
    group = place_order(cart, expected_total_centimes=basket_of(cart).total_centimes)
    return accept_order(group.orders.get(), by=market.mina)


def packed(market, order) -> Errand:
    mark_order_ready(order, by=market.mina)
    return Errand.objects.get()


def test_no_storefront_has_it_before_somebody_asked_for_it(market):
    assert CODE not in ways_of(market.souk).carriers
    choose_ways(market.souk, Ways(("cash_on_delivery",), ("tariff_table", "pickup", CODE), ("fr",)), by=market.youssef)
    assert CODE in ways_of(market.souk).carriers
    choose_ways(market.souk, Ways(("cash_on_delivery",), ("tariff_table", "pickup"), ("fr",)), by=market.youssef)
    assert ways_of(market.souk).carriers == ("tariff_table", "pickup")


def test_what_is_packed_is_fetched_and_its_code_is_the_tracking_number(market, order):
    mark_order_ready(order, by=market.mina)
    assert Carrier.posted == []  # the carrier is spoken with by a job
    run_jobs()

    errand = Errand.objects.get()
    assert (errand.state, errand.code, errand.fee_centimes, errand.attempts) == (
        "booked",
        f"R-TWIZA-{order.fulfilment.pk}",
        4500,
        1,
    )
    (asked,) = Carrier.posted
    assert (asked.reference, asked.receiver, asked.commune) == (errand.reference, "Salma", "Casablanca")
    assert asked.collect_centimes == order.total_centimes
    assert Fulfilment.objects.get().tracking == errand.code
    assert Fulfilment.objects.get().status == "ready"


def test_what_is_brought_otherwise_is_no_errand(market):
    other = accept_order(market.order(market.saffron).orders.get(), by=market.fatima)
    mark_order_ready(other, by=market.fatima)
    assert not Errand.objects.exists()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(troubles=st.lists(st.sampled_from(["away", "silent before", "silent after"]), max_size=6))
def test_however_often_it_fails_the_carrier_takes_one_parcel(market, order, troubles):
    Carrier.forget()
    Errand.objects.all().delete()
    Fulfilment.objects.update(status="ready")
    errand = Errand.objects.create(fulfilment=order.fulfilment, carrier=CODE, reference="TWIZA-X")
    kinds = {
        "away": ("before", CarrierAway("away")),
        "silent before": ("before", CarrierUnsure("no_answer")),
        "silent after": ("after", CarrierUnsure("no_answer")),
    }
    Carrier.troubles.extend(kinds[one] for one in troubles)

    waits = [ask_carrier(errand.pk) for _each in range(len(troubles) + 1)]

    errand.refresh_from_db()
    assert errand.state == "booked"
    assert len(Carrier.posted) == 1
    assert all(wait is None or 60 <= wait <= 7200 for wait in waits)
    assert ask_carrier(errand.pk) is None
    assert len(Carrier.posted) == 1


def test_what_it_declines_waits_for_a_person_who_asks_again(market, order):
    Carrier.troubles.append(("before", CarrierDeclines("place_unknown", "Casa")))
    errand = packed(market, order)
    run_jobs()

    (failed,) = errands_in_trouble_in(market.souk)
    assert (failed.pk, failed.state, failed.trouble, failed.said) == (errand.pk, "failed", "place_unknown", "Casa")
    assert errands_in_trouble_in(market.national) == []
    with pytest.raises(NotFound):
        ask_carrier_again(failed, by=market.hajja)
    ask_carrier_again(failed, by=market.youssef)
    with pytest.raises(NothingToAsk):
        ask_carrier_again(failed, by=market.youssef)
    run_jobs()
    assert (Errand.objects.get().state, Errand.objects.get().trouble) == ("booked", "")
    assert errands_in_trouble_in(market.souk) == []


def test_a_carrier_that_stays_away_is_given_up_and_said_why(market, order):
    errand = packed(market, order)
    Carrier.troubles.extend([("before", CarrierAway("away"))] * 20)
    waits = [ask_carrier(errand.pk) for _each in range(MOST_ATTEMPTS)]

    errand.refresh_from_db()
    assert (errand.state, errand.trouble) == ("failed", "away")
    assert (waits[0], waits[1], waits[-1]) == (60, 120, None)


def test_a_parcel_that_left_otherwise_is_not_fetched(market, order):
    errand = packed(market, order)
    hand_over_order(order, by=market.mina)
    run_jobs()

    errand.refresh_from_db()
    assert (errand.state, Carrier.posted) == ("dropped", [])


def test_what_a_killed_worker_left_is_found_not_fetched_again(market, order):
    errand = packed(market, order)
    Carrier.has[errand.reference] = None
    Errand.objects.update(state="asking", may_exist=True, claimed_at=clock.now() - timedelta(minutes=11))
    assert ask_carrier(errand.pk) is None

    pick_up_left_behind()
    run_jobs()

    assert (Errand.objects.get().state, Carrier.posted) == ("booked", [])


def booked(market, order) -> str:
    packed(market, order)
    run_jobs()
    return Errand.objects.get().code


def told(code: str, status: str, what: str = "", reason: str = "", hours: int = 0, *, is_known: bool = True) -> ToldStatus:
    return ToldStatus(code, status, is_known, what, reason, MONDAY + timedelta(hours=hours))


def test_news_in_any_order_and_twice_moves_the_parcel_only_forward(market, order):
    code = booked(market, order)
    all_of_it = [
        told(code, "DELIVERED", "delivered", hours=9),
        told(code, "PENDING"),
        told(code, "UNREACHABLE", "missed", "no_answer", hours=5),
        told(code, "PICKEDUP", "in_transit", hours=2),
    ]
    moved = [hear_from_carrier(CODE, one) for one in (*all_of_it, *all_of_it)]

    assert moved == [True] + [False] * 7
    order.refresh_from_db()
    assert (order.status, Fulfilment.objects.get().status) == ("closed", "delivered")
    assert (CarrierWord.objects.count(), ParcelNews.objects.count()) == (4, 3)


def test_a_word_that_is_not_understood_moves_nothing_and_is_read_by_its_operator(market, order):
    code = booked(market, order)
    assert hear_from_carrier(CODE, told(code, "TELEPORTED", is_known=False)) is False

    (word,) = words_to_read_in(market.souk)
    assert (word.status, Fulfilment.objects.get().status) == ("TELEPORTED", "ready")
    with pytest.raises(NotFound):
        mark_word_read(word, by=market.hajja)
    mark_word_read(word, by=market.youssef)
    assert words_to_read_in(market.souk) == []


@pytest.mark.parametrize("code", ["", "R-OTHER"])
def test_what_is_no_parcel_of_ours_is_not_kept(market, order, code):
    packed(market, order)  # it has no code yet
    with pytest.raises(NoSuchParcel):
        hear_from_carrier(CODE, told(code, "LOST", "lost"))
    assert not CarrierWord.objects.exists()


def test_a_parcel_nobody_told_of_for_a_while_is_asked_about(market, order):
    code = booked(market, order)
    Carrier.says[code] = told(code, "REJECTED", "refused", "not_wanted")
    look_at_quiet_parcels()
    run_jobs()
    assert Fulfilment.objects.get().status == "ready"  # it was spoken of a moment ago

    Errand.objects.update(looked_at=clock.now() - timedelta(hours=7))
    look_at_quiet_parcels()
    run_jobs()

    assert Fulfilment.objects.get().status == "refused"
    look_at_quiet_parcels()
    assert run_jobs() == 0  # nothing more is to be known of it


def texts_about(order: Order, market) -> list[str]:
    told = Message.objects.filter(to=market.mina.phone, key__startswith="carrier-").order_by("pk")
    return [message.text for message in told if order.number in message.text]


def test_its_cooperative_is_told_by_text_whether_somebody_comes(market, order):
    Carrier.troubles.append(("before", CarrierDeclines("place_unknown", "Casa")))
    errand = packed(market, order)
    run_jobs()
    (sad,) = texts_about(order, market)
    assert sad.endswith(f"SIFET {order.number}")

    ask_carrier_again(Errand.objects.get(), by=market.youssef)
    run_jobs()
    (_sad, glad) = texts_about(order, market)
    assert glad.endswith(f"R-{errand.reference}")
    assert not Message.objects.filter(key__startswith="carrier-", parts__gt=1).exists()
