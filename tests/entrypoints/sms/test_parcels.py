"""What happens to a parcel on its way is told by text, by its cooperative or by the driver who has it."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest

from tests.jobs import run_jobs
from twiza.domain.orders.models import Order, ParcelNews
from twiza.domain.orders.services import DriverDetails, accept_order, hand_over_order
from twiza.foundation.messaging.models import InboundText, Message
from twiza.foundation.messaging.services import receive_text
from twiza.kit import clock

SALMA = "+212683005001"
DRIVER = "+212683990011"
counter = itertools.count()


def write(phone: str, text: str) -> InboundText:
    inbound = receive_text(gateway="simulator", gateway_id=f"p{next(counter)}", sender=phone, text=text)
    run_jobs()
    inbound.refresh_from_db()
    return inbound


@pytest.fixture
def sent(market) -> Order:
    order = accept_order(market.order(market.saffron, quantity=2).orders.get(), by=market.fatima)
    driver = DriverDetails("Omar", DRIVER, "Gare routière", clock.now() + timedelta(hours=5))
    hand_over_order(order, by=market.fatima, driver=driver)
    run_jobs()
    return order


def state(order: Order) -> tuple[str, str]:
    order = Order.objects.get(pk=order.pk)
    return order.status, order.fulfilment.status


@pytest.mark.parametrize(
    ("text", "outcome", "what"),
    [
        ("absent {n}", ("accepted", "in_transit"), ("missed", "nobody_home")),
        ("colis refusé {n}", ("undelivered", "refused"), ("refused", "not_wanted")),
        ("tlef {n}", ("undelivered", "lost"), ("lost", "")),
    ],
)
@pytest.mark.parametrize("from_driver", [False, True])
def test_a_word_moves_the_parcel_and_its_buyer_is_told(market, sent, text, outcome, what, from_driver):
    before = Message.objects.filter(to=SALMA).count()

    inbound = write(DRIVER if from_driver else market.fatima.phone, text.format(n=sent.number))

    assert (inbound.outcome, inbound.answered_by.parts) == ("done", 1)
    assert sent.number in inbound.answered_by.text
    assert state(sent) == outcome
    news = ParcelNews.objects.get()
    assert (news.what, news.reason, news.source) == (*what, "driver" if from_driver else "cooperative")
    assert Message.objects.filter(to=SALMA).count() == before + 1


def test_a_driver_says_nothing_of_parcels_that_he_does_not_have(market, sent):
    other = accept_order(market.order(market.saffron).orders.get(), by=market.fatima)
    hand_over_order(other, by=market.fatima)

    assert write(DRIVER, f"perdu {other.number}").outcome == "not_found"
    assert write("+212683990012", f"perdu {sent.number}").outcome == "stranger"
    assert write(DRIVER, f"livré {sent.number}").outcome == "stranger"
    assert write(DRIVER, "perdu").outcome == "asked"
    assert state(sent) == state(other) == ("accepted", "handed_over")
    assert not ParcelNews.objects.exists()


def test_a_no_to_an_order_that_has_left_is_asked_back(market, sent):
    inbound = write(market.fatima.phone, f"NON {sent.number}")

    assert inbound.outcome == "asked"
    assert "LKOLI MRFOUD" in inbound.answered_by.text
    assert state(sent) == ("accepted", "handed_over")


def test_a_cooperative_that_says_it_of_a_parcel_that_has_not_left_is_told_so(market):
    order = accept_order(market.order(market.saffron).orders.get(), by=market.fatima)

    assert write(market.fatima.phone, f"absent {order.number}").outcome == "not_ready_yet"
    assert write(market.hajja.phone, f"perdu {order.number}").outcome == "not_found"
    assert not ParcelNews.objects.exists()
