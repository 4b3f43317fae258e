"""Youssef takes along the addresses at which others read what his storefront sells."""

from __future__ import annotations

from django.test import Client

from twiza.domain.storefronts.selectors import Ways
from twiza.domain.storefronts.services import choose_ways

HERE = "/fr/workspace/stores/souk-khouribga/elsewhere/"


def test_each_address_that_is_shown_answers_in_the_language_it_says(market, signed_in):
    choose_ways(market.souk, Ways(("cash_on_delivery",), ("pickup",), ("ar", "fr")), by=market.youssef)
    page = signed_in(market.youssef).get(HERE)

    assert page.context["google"] == [
        ("ar", "http://localhost:8000/feeds/souk-khouribga/google.xml"),
        ("fr", "http://localhost:8000/feeds/souk-khouribga/google.xml?language=fr"),
    ]
    shown = [address for name in ("google", "meta", "news") for _language, address in page.context[name]]
    for address in shown:
        assert f">{address}</textarea>" in page.content.decode()
        assert Client().get(address.removeprefix("http://localhost:8000")).status_code == 200
    assert HERE in signed_in(market.youssef).get("/fr/workspace/stores/souk-khouribga/").content.decode()
