"""A carrier posts what became of parcels: each answer says what to do next."""

from __future__ import annotations

import json

import pytest
from django.core.cache import cache

from tests.playing_carrier import CODE, Carrier
from twiza.domain.delivery.selectors import carriers
from twiza.domain.orders.models import CarrierWord, Errand, Fulfilment
from twiza.domain.orders.services import accept_order

HERE = f"/webhooks/parcels/{CODE.rpartition('.')[2]}/"


@pytest.fixture(autouse=True)
def carrier(settings, monkeypatch):
    """Under a code as an address may have it."""
    monkeypatch.setattr(Carrier, "code", "playing_carrier")
    settings.CARRIERS = ["tariff_table", CODE]
    carriers.cache_clear()
    cache.clear()
    yield
    carriers.cache_clear()
    cache.clear()


@pytest.fixture
def parcel(market) -> Fulfilment:
    order = accept_order(market.order(market.saffron).orders.get(), by=market.fatima)
    Errand.objects.create(fulfilment=order.fulfilment, carrier="playing_carrier", reference="T-1", code="R-1", state="booked")
    return order.fulfilment


def post(client, said: object, word: str = "sesame"):
    body = said if isinstance(said, str) else json.dumps(said)
    return client.post(HERE, body, content_type="application/json", headers={"x-word": word})


SENT = {"code": "R-1", "status": "PICKEDUP", "what": "in_transit", "at": "2026-11-16T10:00:00+00:00"}


def test_news_is_heard_and_a_replay_is_answered_alike(client, parcel):
    answers = [post(client, SENT).status_code for _twice in range(2)]

    parcel.refresh_from_db()
    assert (answers, parcel.status, CarrierWord.objects.count()) == ([204, 204], "in_transit", 1)


def test_whoever_does_not_know_the_word_changes_nothing(client, parcel):
    assert post(client, SENT, "open").status_code == 400
    assert post(client, {**SENT, "code": "R-2"}).status_code == 404
    assert client.post("/webhooks/parcels/bordereau/", "{}", content_type="application/json").status_code == 404
    assert client.post("/webhooks/parcels/nobody/", "{}", content_type="application/json").status_code == 404
    assert client.get(HERE).status_code == 405
    parcel.refresh_from_db()
    assert (parcel.status, CarrierWord.objects.count()) == ("pending", 0)


def test_what_is_too_long_is_not_read(client, parcel):
    assert post(client, json.dumps({**SENT, "note": "x" * 40_000})).status_code == 413
    assert CarrierWord.objects.count() == 0


def test_too_many_are_asked_to_wait(client, parcel, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "carrier_notice": "2/m/ip"}
    assert [post(client, SENT).status_code for _each in range(3)] == [204, 204, 429]
