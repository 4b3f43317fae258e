"""Those who show our products elsewhere read prices, stock and pictures, and nothing that could not be bought."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from tests.people import product
from twiza.domain.catalogue.models import Photo, Product
from twiza.domain.catalogue.services import retire_product
from twiza.domain.storefronts.models import Storefront
from twiza.entrypoints.web.views import shopping_feed

G = "{http://base.google.com/ns/1.0}"


@pytest.fixture
def pictured(market):
    """Every product has a photo but the saffron."""
    for one in Product.objects.exclude(pk=market.saffron.product_id):
        Photo.objects.create(product=one, small="a/s.webp", medium="a/m.webp", large="a/l.webp", alt_fr="x", position=0)
    return market


def items(client, address):
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml; charset=utf-8")
    root = ElementTree.fromstring(b"".join(answer.streaming_content))
    return [{tag.tag.removeprefix(G): tag.text for tag in item} for item in root.iter("item")]


def test_each_size_says_its_price_its_stock_and_who_makes_it(client, pictured):
    made = product(pictured.honey_cooperative, pictured.mina, "honey", "Miel <rare> & cru", "", "250", "g", 4550, 0)
    Photo.objects.create(product=made.product, small="a/s.webp", medium="a/m.webp", large="a/l.webp", alt_fr="x", position=0)

    first = items(client, "/fr/products/shopping.xml")[0]

    assert first["id"] == str(made.pk)
    assert first["item_group_id"] == str(made.product_id)
    assert first["title"].replace("\u00a0", " ") == "Miel <rare> & cru · 250 g"
    assert first["price"] == "45.50 MAD"
    assert first["availability"] == "out_of_stock"
    assert first["brand"] == pictured.honey_cooperative.name_in("fr")
    assert first["link"].startswith("http")
    assert first["link"].endswith(f"/fr/products/{made.product.slug}/")
    assert first["image_link"].endswith("a/m.webp")
    assert first["identifier_exists"] == "no"


def test_what_has_no_photo_or_is_retired_is_not_among_them(client, pictured):
    before = {one["item_group_id"] for one in items(client, "/ar/products/shopping.xml")}
    retire_product(pictured.honey.product, by=pictured.mina)
    after = {one["item_group_id"] for one in items(client, "/ar/products/shopping.xml")}

    assert str(pictured.saffron.product_id) not in before
    assert before - after == {str(pictured.honey.product_id)}


def test_a_storefront_offers_its_own_at_its_own_address(client, pictured):
    store = Storefront.objects.filter(shows_everything=False, state="open").first()
    own = items(client, f"/fr/stores/{store.slug}/products/shopping.xml")

    assert own
    assert all(f"/fr/stores/{store.slug}/products/" in one["link"] for one in own)
    assert client.get("/fr/stores/nothing/products/shopping.xml").status_code == 404


def test_all_of_a_long_list_are_there_once(client, pictured, monkeypatch):
    whole = [one["id"] for one in items(client, "/fr/products/shopping.xml")]
    monkeypatch.setattr(shopping_feed, "AT_ONCE", 1)

    assert [one["id"] for one in items(client, "/fr/products/shopping.xml")] == whole
    assert len(whole) >= 2

    monkeypatch.setattr(shopping_feed, "MOST_PRODUCTS", 1)
    assert [one["id"] for one in items(client, "/fr/products/shopping.xml")] == whole[:1]
