"""What search engines and shared links read: one address for each page, its languages, a card, data, and a list of all."""

from __future__ import annotations

import json
import re
from decimal import ROUND_HALF_UP, Decimal
from html import unescape
from xml.etree import ElementTree

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.gift_baskets import compose, compose_agreed
from tests.people import product
from twiza.domain.catalogue.models import Variant
from twiza.domain.directory.forms import ContactDetails, IdentifierDetails, OrganisationDetails
from twiza.domain.directory.services.particulars import record_accreditation
from twiza.domain.directory.services.registering import change_state, register_organisation
from twiza.domain.inventory.services import receive_stock
from twiza.entrypoints.web.structured_data import as_script, unit_price_data
from twiza.entrypoints.web.views import sitemaps
from twiza.kit.clock import today

SITE = "http://localhost:8000"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
TALIOUINE = "09.541.01.11"
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def page(address):
    answer = Client().get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def canonical(html):
    (found,) = re.findall(r'<link rel="canonical" href="([^"]+)">', html)
    return unescape(found)


def alternates(html):
    return re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', html)


def card(html):
    return {name: unescape(words) for name, words in re.findall(r'<meta property="og:(\w+)" content="([^"]*)">', html)}


def data(html):
    (found,) = SCRIPT.findall(html)
    return json.loads(found)


def sitemap(address):
    answer = Client().get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml")
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return ElementTree.fromstring(body)


def addresses(address):
    return [found.text for found in sitemap(address).iter(f"{MAP}loc")]


@pytest.fixture
def souktana(db):
    said = OrganisationDetails(
        name_fr="Souktana </script><b>du Safran",
        name_ar="سكتانة للزعفران",
        activities='Safran "rouge" & pistils',
        commune_code=TALIOUINE,
        address="Centre",
        website="https://example.org/?a=1&b=2",
        contacts=(ContactDetails("phone", "+212683000001", "public"), ContactDetails("email", "secret@example.org", "private")),
        identifiers=(IdentifierDetails("ice", "001561191000066"), IdentifierDetails("rib", "310810101402900442310133")),
    )
    cooperative = register_organisation(kind="cooperative", details=said, by=None, slug="souktana")
    record_accreditation(cooperative, scheme="aop", by=None, number="AOP-7", valid_until=today(), is_verified=True)
    return cooperative


def test_a_page_has_one_address_and_its_other_languages(souktana):
    html = page("/ar/cooperatives/souktana/?utm_source=x&q=y")
    assert canonical(html) == f"{SITE}/ar/cooperatives/souktana/"
    assert alternates(html) == [
        *((code, f"{SITE}/{code}/cooperatives/souktana/") for code in ("fr", "ar", "zgh", "en")),
        ("x-default", f"{SITE}/fr/cooperatives/souktana/"),
    ]


def test_a_list_keeps_what_makes_it_another_page(souktana):
    assert canonical(page("/fr/cooperatives/?page=2&utm_source=x")) == f"{SITE}/fr/cooperatives/?page=2"
    assert canonical(page("/fr/products/?kind=honey&page=1")) == f"{SITE}/fr/products/?kind=honey"


@pytest.mark.parametrize("choice", ["region=09", "sector=AGRI", "womens=on&page=2", "q=safran"])
def test_a_choice_is_a_view_of_its_list(souktana, choice):
    assert canonical(page(f"/fr/cooperatives/?{choice}")) == f"{SITE}/fr/cooperatives/"


@pytest.mark.parametrize("choices", ["region=09&sector=AGRI", "q=safran&womens=on", "region=09&province=09.541"])
def test_several_choices_at_once_are_not_listed(souktana, choices):
    html = page(f"/fr/cooperatives/?{choices}")

    assert '<meta name="robots" content="noindex">' in html
    assert 'rel="canonical"' not in html


def test_a_demonstration_is_not_listed_though_its_pages_have_their_address(souktana, settings):
    settings.DEMO = True
    html = page("/fr/cooperatives/souktana/")

    assert '<meta name="robots" content="noindex">' in html
    assert canonical(html) == f"{SITE}/fr/cooperatives/souktana/"
    settings.DEMO = False
    assert "noindex" not in page("/fr/cooperatives/souktana/")


def test_a_card_has_a_picture_only_where_there_is_a_photo(market):
    for address in (f"/fr/products/{market.honey.product.slug}/", f"/fr/cooperatives/{market.honey_cooperative.slug}/"):
        assert "og:image" not in page(address)


def test_a_product_has_one_address_whoever_shows_it(market):
    product = market.honey.product
    html = page(f"/fr/stores/souk-khouribga/products/{product.slug}/")
    assert canonical(html) == f"{SITE}/fr/products/{product.slug}/"
    assert data(html)["url"] == f"{SITE}/fr/products/{product.slug}/"


def test_the_card_says_what_the_page_says(souktana):
    html = page("/fr/cooperatives/souktana/")
    assert card(html) == {
        "site_name": "Twiza",
        "type": "website",
        "title": "Souktana </script><b>du Safran · Taliouine, Taroudannt",
        "description": 'Souktana </script><b>du Safran, Taliouine, Taroudannt. Safran "rouge" & pistils',
        "url": f"{SITE}/fr/cooperatives/souktana/",
        "locale": "fr_MA",
    }
    assert card(page("/ar/cooperatives/souktana/"))["locale"] == "ar_MA"


def test_private_pages_ask_not_to_be_listed(market, settings):
    settings.DEMO = False
    for address in ("/fr/search/?q=miel", "/fr/cart/"):
        html = page(address)
        assert '<meta name="robots" content="noindex">' in html
        assert 'rel="canonical"' not in html
    for address in ("/fr/", "/fr/products/", "/fr/cooperatives/map/", "/fr/cooperatives/map/09/", "/fr/cooperatives/open-data/"):
        html = page(address)
        assert "noindex" not in html
        assert canonical(html) == SITE + address


def test_a_cooperative_is_a_business_with_a_place(souktana):
    html = page("/fr/cooperatives/souktana/")
    assert data(html) == {
        "@context": "https://schema.org",
        "@type": "LocalBusiness",
        "@id": f"{SITE}/fr/cooperatives/souktana/",
        "url": f"{SITE}/fr/cooperatives/souktana/",
        "name": "Souktana </script><b>du Safran",
        "alternateName": ["سكتانة للزعفران"],
        "description": 'Safran "rouge" & pistils',
        "telephone": "+212683000001",
        "sameAs": ["https://example.org/?a=1&b=2"],
        "address": {
            "@type": "PostalAddress",
            "streetAddress": "Centre",
            "addressLocality": "Taliouine",
            "addressRegion": "Souss-Massa",
            "addressCountry": "MA",
        },
        "identifier": [{"@type": "PropertyValue", "propertyID": "ice", "value": "001561191000066"}],
        "hasCertification": [
            {
                "@type": "Certification",
                "name": "Appellation d'origine protégée (AOP)",
                "certificationIdentification": "AOP-7",
                "expires": today().isoformat(),
            }
        ],
    }
    assert "<b>" not in SCRIPT.findall(html)[0]
    assert "secret@example.org" not in html
    assert "310810101402900442310133" not in html


def test_a_product_is_offered_for_its_price_while_there_is_some(market):
    said = data(page(f"/fr/products/{market.honey.product.slug}/"))
    assert (said["@type"], said["name"], said["disambiguatingDescription"]) == (
        "Product",
        "Miel de thym",
        "Fictional: made for a demonstration.",
    )
    (offer,) = said["offers"]
    assert {name: offer[name] for name in ("price", "priceCurrency", "availability", "name")} == {
        "price": "120.00",
        "priceCurrency": "MAD",
        "availability": "https://schema.org/InStock",
        "name": "500 g",
    }
    assert offer["seller"]["url"] == f"{SITE}/fr/cooperatives/{market.honey_cooperative.slug}/"
    half_a_kilo = {"@type": "QuantitativeValue", "value": "0.5", "unitCode": "KGM"}
    assert offer["priceSpecification"] == {
        "@type": "UnitPriceSpecification",
        "price": "120.00",
        "priceCurrency": "MAD",
        "referenceQuantity": {**half_a_kilo, "value": "1", "valueReference": half_a_kilo},
    }


@pytest.mark.parametrize(
    ("content", "unit", "said"),
    [
        ("2.00", "g", ("2", "GRM")),
        ("10", "g", ("0.01", "KGM")),
        ("1000", "g", ("1", "KGM")),
        ("750", "ml", ("0.75", "LTR")),
        ("6", "piece", ("6", "C62")),
    ],
)
def test_machines_read_how_much_of_its_unit_is_in_a_size(content, unit, said):
    size = Variant(net_content=Decimal(content), net_unit=unit, price_centimes=12050)
    quantity = unit_price_data(size)["referenceQuantity"]

    assert (quantity["valueReference"]["value"], quantity["unitCode"]) == said
    assert (quantity["value"], quantity["valueReference"]["unitCode"]) == ("1", said[1])
    paid, measured = Decimal(unit_price_data(size)["price"]), Decimal(said[0])
    assert size.unit_price[0] == (paid * 100 / measured).quantize(Decimal(1), ROUND_HALF_UP)


def test_a_single_piece_has_no_other_price():
    assert unit_price_data(Variant(net_content=Decimal(1), net_unit="piece", price_centimes=12050)) is None


def test_what_is_sold_out_is_not_in_stock(market):

    none_left = product(market.honey_cooperative, market.mina, "honey", "Miel épuisé", "", "500", "g", 9050, 0)
    (offer,) = data(page(f"/fr/products/{none_left.product.slug}/"))["offers"]
    assert (offer["availability"], offer["price"]) == ("https://schema.org/OutOfStock", "90.50")
    receive_stock(none_left.pk, 1, by=market.mina)
    (offer,) = data(page(f"/fr/products/{none_left.product.slug}/"))["offers"]
    assert offer["availability"] == "https://schema.org/InStock"


@given(st.text())
def test_no_word_closes_the_data(text):
    script = as_script({"name": text})
    (words,) = SCRIPT.findall(script)
    assert json.loads(words) == {"name": text}
    assert "<" not in words
    assert "&" not in words


def test_the_sitemap_lists_what_is_public_in_every_language(market, souktana):
    hidden = register_organisation(kind="cooperative", details=OrganisationDetails(name_fr="Cachée"), by=None)
    change_state(hidden, "suspended", by=None)
    files = addresses("/sitemap.xml")
    assert files == [f"{SITE}/sitemaps/{name}-1.xml" for name in ("pages", "storefronts", "cooperatives", "products")]
    listed = [address for file in files for address in addresses(file.removeprefix(SITE))]
    assert len(listed) == len(set(listed)) == 4 * ((6 + 12) + (2 + 7) + 4 + 3)
    for address in listed:
        html = page(address.removeprefix(SITE))
        assert canonical(html) == address
        assert address in [other for _code, other in alternates(html)]


def test_the_sitemap_lists_the_gift_baskets_that_are_sold(market):
    sold = compose_agreed(market)
    compose(market, name_fr="Panier qui attend")

    listed = [address for address in addresses("/sitemaps/storefronts-1.xml") if "/gifts/" in address]
    assert listed == [f"{SITE}/{code}/stores/souk-khouribga/gifts/{sold.slug}/" for code in ("fr", "ar", "zgh", "en")]
    assert canonical(page(listed[0].removeprefix(SITE))) == listed[0]


def test_each_address_names_its_other_languages_and_its_day(souktana):
    entries = sitemap("/sitemaps/cooperatives-1.xml").findall(f"{MAP}url")
    assert [entry.findtext(f"{MAP}loc") for entry in entries] == [
        f"{SITE}/{code}/cooperatives/souktana/" for code in ("fr", "ar", "zgh", "en")
    ]
    for entry in entries:
        assert entry.findtext(f"{MAP}lastmod") == today().isoformat()
        assert [link.get("hreflang") for link in entry.findall(f"{XHTML}link")] == ["fr", "ar", "zgh", "en", "x-default"]


def test_no_file_holds_more_than_it_may(db, monkeypatch, django_assert_num_queries):
    for number in range(5):
        register_organisation(kind="cooperative", details=OrganisationDetails(name_fr=f"Coop {number}"), by=None)
    monkeypatch.setattr(sitemaps, "MOST_ADDRESSES", 8)
    files = [file for file in addresses("/sitemap.xml") if "cooperatives" in file]
    assert [file.rpartition("/")[2] for file in files] == [f"cooperatives-{number}.xml" for number in (1, 2, 3)]
    with django_assert_num_queries(2):
        parts = [addresses("/sitemaps/cooperatives-1.xml")]
    parts += [addresses(file.removeprefix(SITE)) for file in files[1:]]
    assert [len(part) for part in parts] == [8, 8, 4]
    assert len({address for part in parts for address in part}) == 20


@pytest.mark.parametrize(
    "name", ["cooperatives-0", "cooperatives-2", "cooperatives", "orders-1", "cooperatives-²", "-1", "pages--1"]
)
def test_there_is_no_other_file(souktana, name):
    assert Client().get(f"/sitemaps/{name}.xml").status_code == 404


def test_robots_are_led_to_the_sitemap(client):
    assert client.get("/robots.txt").content.decode().splitlines()[-1] == f"Sitemap: {SITE}/sitemap.xml"
