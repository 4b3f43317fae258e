"""Those who show our products elsewhere read prices, stock and pictures, and nothing that could not be bought."""

from __future__ import annotations

import csv
import io
from xml.etree import ElementTree

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.people import product
from twiza.domain.catalogue.models import Photo, Product
from twiza.domain.catalogue.services import retire_product
from twiza.domain.storefronts.models import Storefront, StorefrontWays
from twiza.domain.storefronts.services import set_quota
from twiza.entrypoints.web import offers
from twiza.entrypoints.web.offer_files import as_google_xml, as_meta_csv
from twiza.entrypoints.web.offers import Offer

G = "{http://base.google.com/ns/1.0}"
WHOLE, SOUK = "/feeds/twiza/", "/feeds/souk-khouribga/"


@pytest.fixture
def pictured(market):
    """Every product has a photo but the saffron."""
    for one in Product.objects.exclude(pk=market.saffron.product_id):
        photograph(one)
    return market


def photograph(one: Product) -> None:
    Photo.objects.create(product=one, small="a/s.webp", medium="a/m.webp", large="a/l.webp", alt_fr="x", position=0)


def read_xml(text):
    return [{tag.tag.removeprefix(G): tag.text for tag in item} for item in ElementTree.fromstring(text).iter("item")]


def google(address):
    answer = Client().get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml; charset=utf-8")
    return read_xml(b"".join(answer.streaming_content))


def meta(address):
    answer = Client().get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/csv; charset=utf-8")
    return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode(), newline="")))


def test_both_say_the_same_of_each_size(pictured):
    made = product(pictured.honey_cooperative, pictured.mina, "honey", "=Miel <rare> & cru", "", "250", "g", 4550, 0)
    photograph(made.product)
    xml, sheet = google(f"{SOUK}google.xml")[0], meta(f"{SOUK}meta.csv")[0]

    for said in (xml, sheet):
        assert said["id"] == str(made.pk)
        assert said["item_group_id"] == str(made.product_id)
        assert said["price"] == "45.50 MAD"
        assert said["brand"] == pictured.honey_cooperative.name_in("fr")
        assert said["product_type"] == "Miel et ruche > Miel"
        assert (said["unit_pricing_measure"], said["unit_pricing_base_measure"]) == ("250 g", "1 kg")
        assert said["link"] == f"http://localhost:8000/fr/stores/souk-khouribga/products/{made.product.slug}/"
        assert said["image_link"].endswith("a/m.webp")
        assert said["custom_label_0"] == "Fictional: made for a demonstration."
    assert xml["title"].replace("\u00a0", " ") == "=Miel <rare> & cru · 250 g"
    assert sheet["title"].replace("\u00a0", " ") == "'=Miel <rare> & cru · 250 g"
    assert (xml["availability"], sheet["availability"]) == ("out_of_stock", "out of stock")
    assert xml["identifier_exists"] == "no"


def test_the_whole_market_is_there_but_what_has_no_photo_or_is_retired(pictured):
    before = {one["item_group_id"]: one["link"] for one in google(f"{WHOLE}google.xml?language=ar")}
    retire_product(pictured.honey.product, by=pictured.mina)
    after = {one["item_group_id"] for one in meta(f"{WHOLE}meta.csv")}

    assert str(pictured.saffron.product_id) not in before
    assert before.keys() - after == {str(pictured.honey.product_id)}
    assert before[str(pictured.argan.product_id)].endswith(f"/ar/products/{pictured.argan.product.slug}/")


def test_what_a_storefront_may_sell_no_more_of_is_sold_out_there_alone(pictured):
    set_quota(pictured.souk, pictured.honey.product_id, 0, by=pictured.youssef)
    honey = str(pictured.honey.pk)

    assert {one["id"]: one["availability"] for one in google(f"{SOUK}google.xml")} == {honey: "out_of_stock"}
    assert {one["id"]: one["availability"] for one in meta(f"{WHOLE}meta.csv")}[honey] == "in stock"


def test_what_is_made_to_order_or_reserved_says_so_in_the_words_of_each(pictured):
    Product.objects.filter(pk=pictured.honey.product_id).update(made_to_order_days=5, withdrawal="made_to_order")
    assert google(f"{SOUK}google.xml")[0]["availability"] == "backorder"
    assert meta(f"{SOUK}meta.csv")[0]["availability"] == "available for order"


def test_there_is_no_such_page_for_a_storefront_that_is_not_open_or_a_language_it_does_not_speak(pictured):
    souk = Storefront.objects.get(slug="souk-khouribga")
    StorefrontWays.objects.create(storefront=souk, payments=[], carriers=[], languages=["ar"])
    assert "/ar/stores/" in google(f"{SOUK}google.xml")[0]["link"]
    for address in (f"{SOUK}google.xml?language=fr", f"{SOUK}meta.xml", "/feeds/nothing/meta.csv"):
        assert Client().get(address).status_code == 404
    for state in ("draft", "closed"):
        Storefront.objects.filter(pk=souk.pk).update(state=state)
        assert Client().get(f"{SOUK}google.xml").status_code == 404


def test_a_long_list_is_read_in_parts_and_ends_somewhere(pictured, monkeypatch):
    whole = [one["id"] for one in google(f"{WHOLE}google.xml")]
    monkeypatch.setattr(offers, "AT_ONCE", 1)

    assert [one["id"] for one in google(f"{WHOLE}google.xml")] == whole
    assert len(whole) >= 2

    monkeypatch.setattr(offers, "MOST_PRODUCTS", 1)
    assert [one["id"] for one in meta(f"{WHOLE}meta.csv")] == whole[:1]


@given(st.text(min_size=1, max_size=40))
def test_any_name_is_read_back(name):
    offer = Offer(1, 2, 3, name, "", "", (), "A", "", "/p", "/i", 100, "in_stock", None, "", "", is_fictional=False)
    readable = "".join(sign for sign in name if (sign >= " " and sign not in "\ufffe\uffff") or sign in "\t\n\r")
    xml = "".join(as_google_xml("", "", [offer])).encode()
    sheet = "".join(as_meta_csv("", "", [offer]))

    # A reader of XML takes every end of a line for one sign.
    assert (read_xml(xml)[0].get("title") or "") == readable.replace("\r\n", "\n").replace("\r", "\n")
    rows = list(csv.DictReader(io.StringIO(sheet, newline="")))
    assert [row["title"].removeprefix("'") for row in rows] == [name.removeprefix("'")]
