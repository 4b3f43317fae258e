"""An operator switches a carrier with a network on, and reads what it did not take."""

from __future__ import annotations

import pytest

from tests.jobs import run_jobs
from tests.playing_carrier import CODE, Carrier
from twiza.domain.delivery.carrier import CarrierDeclines, ToldStatus
from twiza.domain.delivery.selectors import carriers
from twiza.domain.orders.models import Errand, Fulfilment
from twiza.domain.orders.selectors import basket_of
from twiza.domain.orders.services import (
    Address,
    accept_order,
    hear_from_carrier,
    keep_address,
    mark_order_ready,
    place_order,
    put_in_cart,
    start_cart,
)
from twiza.domain.storefronts.selectors import ways_of
from twiza.foundation.places.selectors import get_commune

PLAYED = CODE.rpartition(".")[2]
HERE = "/fr/workspace/stores/souk-khouribga/carriers/"


@pytest.fixture(autouse=True)
def carrier(settings, monkeypatch):
    monkeypatch.setattr(Carrier, "code", PLAYED)
    settings.CARRIERS = ["tariff_table", "pickup", PLAYED]
    Carrier.forget()
    carriers.cache_clear()
    monkeypatch.setattr("twiza.domain.delivery.selectors.ways.load_class", lambda _shelf, code, name: _loaded(code, name))
    yield
    carriers.cache_clear()


def _loaded(code: str, name: str):
    from twiza.kit.loading import load_class

    return load_class("twiza.adapters.delivery", CODE if code == PLAYED else code, name)


def packed(market):
    cart = start_cart(language="fr")
    put_in_cart(cart, market.honey.pk, 1, market.souk)
    keep_address(cart, Address("Salma", "+212683005001", get_commune("06.141.01.0"), "Maârif"))
    group = place_order(cart, expected_total_centimes=basket_of(cart).total_centimes)
    order = accept_order(group.orders.get(), by=market.mina)
    Fulfilment.objects.filter(order=order).update(carrier=PLAYED)
    mark_order_ready(order, by=market.mina)
    run_jobs()
    return order


def test_it_is_switched_on_and_off_and_says_what_is_missing(market, signed_in):
    youssef = signed_in(market.youssef)
    assert "encore de prix" in youssef.get(HERE).content.decode()

    youssef.post(f"{HERE}{PLAYED}/")
    assert ways_of(market.souk).carriers == ("tariff_table", "pickup", PLAYED)
    youssef.post(f"{HERE}{PLAYED}/")
    assert ways_of(market.souk).carriers == ("tariff_table", "pickup")
    assert youssef.post(f"{HERE}tariff_table/").status_code == 404
    assert signed_in(market.hajja).post(f"{HERE}{PLAYED}/").status_code == 404


def test_prices_are_announced_for_the_carrier_that_was_asked_for(market, signed_in):
    youssef = signed_in(market.youssef)
    page = youssef.get(f"/fr/workspace/stores/souk-khouribga/tariffs/?carrier={PLAYED}").content.decode()

    assert "encore de prix" in page
    assert '<b aria-current="page">Rapide</b>' in page
    assert youssef.get("/fr/workspace/stores/souk-khouribga/tariffs/?carrier=pickup").status_code == 404


def test_what_it_did_not_take_stands_there_until_it_is_asked_again(market, signed_in):
    Carrier.troubles.append(("before", CarrierDeclines("place_unknown", "Casablanca")))
    order = packed(market)
    youssef = signed_in(market.youssef)
    page = youssef.get(HERE).content.decode()

    assert "ne connaît pas ce lieu" in page
    assert order.number in page
    seen = signed_in(market.mina).get(f"/fr/workspace/{market.honey_cooperative.slug}/orders/{order.number}/").content.decode()
    assert "pas été demandé au transporteur" in seen
    assert signed_in(market.hajja).post(f"{HERE}again/{Errand.objects.get().pk}/").status_code == 404
    assert youssef.post(f"{HERE}again/{Errand.objects.get().pk}/").status_code == 302
    run_jobs()
    assert "ne connaît pas ce lieu" not in youssef.get(HERE).content.decode()
    seen = signed_in(market.mina).get(f"/fr/workspace/{market.honey_cooperative.slug}/orders/{order.number}/").content.decode()
    assert "https://rapide.example/label" in seen


def test_a_word_nobody_understood_stands_there_until_it_is_read(market, signed_in):
    packed(market)
    errand = Errand.objects.get()
    hear_from_carrier(PLAYED, ToldStatus(errand.code, "TELEPORTED", is_known=False))
    youssef = signed_in(market.youssef)

    assert "TELEPORTED" in youssef.get(HERE).content.decode()
    assert youssef.post(f"{HERE}read/{errand.words.get().pk}/").status_code == 302
    assert "TELEPORTED" not in youssef.get(HERE).content.decode()
