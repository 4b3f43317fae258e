"""Cash that passes from hand to hand takes two people: who gives says so, who receives says yes or no."""

from __future__ import annotations

import pytest

from tests.domain.orders.test_cash import fetched
from twiza.domain.delivery.services import PointDetails, hand_over_at, open_pickup_point
from twiza.domain.directory.services.entrusting import entrust_register
from twiza.domain.directory.services.memberships import add_member
from twiza.domain.orders.services import record_delivery
from twiza.domain.payments.errors import HandOverAnswered, NotInTheirHands
from twiza.domain.payments.events import CashRemitted
from twiza.domain.payments.models import CashCollection, Remittance
from twiza.domain.payments.selectors import (
    cash_in_the_field,
    cash_of,
    cash_to_hand_over,
    hand_overs_for,
    remittances_seen_by,
)
from twiza.domain.payments.services.remitting import confirm_hand_over, deny_hand_over, handing_over, say_handed_over
from twiza.foundation.places.selectors import get_commune
from twiza.kit.errors import NotFound


@pytest.fixture
def told(monkeypatch) -> list[CashRemitted]:
    heard: list[CashRemitted] = []
    monkeypatch.setattr(handing_over, "publish", heard.append)
    return heard


@pytest.fixture
def point(market):
    """Of the saffron cooperative; the argan cooperative brings its parcels there."""
    details = PointDetails(get_commune("09.541.01.11"), "Atelier", "الورشة", takes_others=True)
    point = open_pickup_point(market.saffron_cooperative, details, by=market.fatima)
    hand_over_at(market.argan_cooperative, point, by=market.hajja)
    return point


@pytest.fixture
def brought(market, point) -> CashCollection:
    """What a buyer of argan paid at the saffron cooperative's point."""
    order = record_delivery(fetched(market, point, market.argan, market.hajja), by=market.hajja)
    return cash_of(f"order:{order.pk}")


def said(market, cash: CashCollection) -> Remittance:
    return say_handed_over(market.saffron_cooperative, [cash.pk], to=market.argan_cooperative, by=market.fatima)


def test_who_gives_says_so_and_owes_it_until_who_receives_says_yes(market, brought, told):
    (group,) = cash_to_hand_over(market.saffron_cooperative)
    assert (group.to, group.centimes) == (market.argan_cooperative, brought.collected_centimes)

    remittance = said(market, brought)

    brought.refresh_from_db()
    assert (brought.state, told) == ("collected", [])
    assert cash_to_hand_over(market.saffron_cooperative) == []
    assert list(hand_overs_for(market.hajja, market.argan_cooperative)) == [remittance]
    assert list(hand_overs_for(market.fatima, market.argan_cooperative)) == []

    confirm_hand_over(remittance.pk, by=market.hajja)

    brought.refresh_from_db()
    assert (brought.state, remittance.lines.get().became) == ("reconciled", "settled")
    assert told == [CashRemitted(remittance_id=remittance.pk)]
    assert cash_in_the_field(market.fatima) == []


def test_what_did_not_come_is_still_with_who_said_so(market, brought, told):
    remittance = deny_hand_over(said(market, brought).pk, by=market.hajja)

    brought.refresh_from_db()
    assert (brought.state, remittance.state, told) == ("collected", "denied", [])
    again = said(market, brought)
    assert again.reference != remittance.reference


def test_nobody_says_yes_to_what_they_said_themselves_or_is_not_theirs(market, brought, told):
    add_member(market.argan_cooperative, market.fatima, "member", None)
    add_member(market.argan_cooperative, market.brahim, "member", None)
    remittance = said(market, brought)

    for person in (market.fatima, market.brahim, market.mina, market.salma):
        with pytest.raises(NotFound):
            confirm_hand_over(remittance.pk, by=person)

    remittance.refresh_from_db()
    assert (remittance.state, told) == ("said", [])


def test_an_answer_counts_once(market, brought, told):
    remittance = confirm_hand_over(said(market, brought).pk, by=market.hajja)

    for act in (confirm_hand_over, deny_hand_over):
        with pytest.raises(HandOverAnswered):
            act(remittance.pk, by=market.hajja)

    brought.refresh_from_db()
    assert (brought.state, len(told)) == ("reconciled", 1)


def test_nothing_is_given_that_is_not_in_their_hands(market, brought):
    saffron, argan, honey = market.saffron_cooperative, market.argan_cooperative, market.honey_cooperative

    for holder, to, by in [(saffron, honey, market.fatima), (argan, None, market.hajja), (saffron, saffron, market.fatima)]:
        with pytest.raises(NotInTheirHands):
            say_handed_over(holder, [brought.pk], to=to, by=by)
    with pytest.raises(NotInTheirHands):
        say_handed_over(saffron, [], to=argan, by=market.fatima)
    with pytest.raises(NotFound):
        say_handed_over(saffron, [brought.pk], to=argan, by=market.hajja)
    said(market, brought)
    with pytest.raises(NotInTheirHands):
        said(market, brought)

    assert Remittance.objects.count() == 1


def test_what_a_cooperative_gives_the_market_a_keeper_of_the_register_counts(market, point, told):
    entrust_register(market.operator, by=None)
    order = record_delivery(fetched(market, point, market.saffron, market.fatima), by=market.fatima)
    cash = cash_of(f"order:{order.pk}")
    remittance = say_handed_over(market.saffron_cooperative, [cash.pk], to=None, by=market.fatima)
    assert [one.pk for one in hand_overs_for(market.youssef, None)] == [remittance.pk]
    with pytest.raises(NotFound):
        confirm_hand_over(remittance.pk, by=market.hajja)

    confirm_hand_over(remittance.pk, by=market.youssef)

    cash.refresh_from_db()
    assert (cash.state, len(told)) == ("reconciled", 1)
    assert [one.pk for one in remittances_seen_by(market.fatima)] == [remittance.pk]
    assert not remittances_seen_by(market.hajja).exists()
