"""A reader of feeds finds what is new, in its language, and nothing that a storefront does not show."""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

import pytest

from tests.people import product
from twiza.domain.catalogue.services import retire_product
from twiza.domain.storefronts.models import Storefront


def feed(client, address):
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/rss+xml; charset=utf-8")
    return ElementTree.fromstring(answer.content).find("channel")


def titles(channel):
    return [item.findtext("title") for item in channel.findall("item")]


def test_the_newest_comes_first_with_its_maker_its_price_and_its_page(client, market):
    made = product(market.honey_cooperative, market.mina, "honey", "Miel <neuf> & cru", "", "250", "g", 4500, 4)

    channel = feed(client, "/fr/products/new.rss")
    first = channel.find("item")

    assert first.findtext("title") == f"Miel <neuf> & cru · {market.honey_cooperative.name_in('fr')}"
    assert first.findtext("description").replace("\u00a0", " ") == "250 g · 45 DH · Khouribga"
    assert first.findtext("link").endswith(f"/fr/products/{made.product.slug}/")
    assert first.findtext("guid") == first.findtext("link")
    assert parsedate_to_datetime(first.findtext("pubDate")) == made.product.published_at.replace(microsecond=0)
    assert channel.findtext("language") == "fr"


def test_what_is_retired_goes_and_a_list_names_its_feed(client, market):
    before = titles(feed(client, "/ar/products/new.rss"))
    retire_product(market.honey.product, by=market.mina)

    assert len(titles(feed(client, "/ar/products/new.rss"))) == len(before) - 1
    assert 'type="application/rss+xml"' in client.get("/fr/products/").content.decode()


@pytest.mark.parametrize("path", ["/fr/stores/nothing/products/new.rss", "/fr/products/new.rss/"])
def test_no_storefront_has_no_feed(client, market, path):
    assert client.get(path).status_code == 404


def test_a_storefront_tells_of_its_own_only(client, market):
    store = Storefront.objects.filter(shows_everything=False, state="open").first()

    channel = feed(client, f"/fr/stores/{store.slug}/products/new.rss")

    assert 0 < len(titles(channel)) < len(titles(feed(client, "/fr/products/new.rss")))
    assert f"/stores/{store.slug}/products/" in channel.find("item").findtext("link")
