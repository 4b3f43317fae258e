"""Youssef runs the market as a whole: its name, its pages, its orders; nothing is to be chosen there."""

from __future__ import annotations

from django.test import Client

from twiza.domain.storefronts.services import entrust_market
from twiza.entrypoints.workspace.urls_stores import of_the_storefronts

HERE = "/fr/workspace/stores/twiza/"


def test_what_he_writes_is_what_everybody_reads(market, signed_in):
    youssef = signed_in(market.youssef)
    assert youssef.get(f"{HERE}pages/").status_code == 404
    before = Client().get("/fr/terms/").content.decode()
    assert "Chaque coopérative expédie" in before
    assert 'id="tariffs"' in before

    entrust_market(market.operator, by=None)
    answer = youssef.post(f"{HERE}pages/returns/", {"text_fr": "Trente jours chez nous.", "text_ar": "ثلاثون يوماً."})
    assert answer.url == f"{HERE}pages/"
    assert "Trente jours chez nous." in Client().get("/fr/terms/").content.decode()
    assert "ثلاثون يوماً." in Client().get("/ar/terms/").content.decode()
    assert "Souk Khouribga tient" in Client().get("/fr/stores/twiza/pages/legal/").content.decode()
    assert Client().get("/fr/stores/twiza/").url == "/fr/"
    assert Client().get("/fr/stores/twiza/conditions/").url == "/fr/terms/"


def test_he_sees_its_orders_and_what_can_be_said_and_nothing_that_is_chosen(market, signed_in):
    entrust_market(market.operator, by=None)
    number = market.order(market.honey).orders.get().number
    youssef = signed_in(market.youssef)

    assert number in youssef.get(HERE).content.decode()
    assert f"{HERE}pages/" in youssef.get(f"{HERE}setup/").content.decode()
    names = youssef.get(f"{HERE}names/").content.decode()
    assert 'name="welcome_fr"' in names
    assert 'name="slug"' not in names
    plain = {"storefront", "store_setup", "store_names", "store_pages", "store_tva", "store_elsewhere"}
    chosen = [one.name for one in of_the_storefronts if one.pattern.converters.keys() == {"slug"} and one.name not in plain]
    assert {"store_assortment", "store_quotas", "store_ways", "store_dates", "store_look", "store_home"} <= set(chosen)
    for path in ("assortment", "quotas", "ways", "dates", "look", "first-page", "review"):
        assert youssef.get(f"{HERE}{path}/").status_code == 404
    assert youssef.post(f"{HERE}close/").status_code == 404
    assert Client().get("/fr/").status_code == 200
