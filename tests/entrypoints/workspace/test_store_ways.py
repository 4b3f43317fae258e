"""Youssef says how one pays and receives in his storefront, and which languages it speaks; its pages follow."""

from __future__ import annotations

from django.test import Client

from twiza.domain.delivery.models import PickupPoint
from twiza.domain.storefronts.models import StorefrontWays
from twiza.domain.storefronts.selectors import Ways, ways_of
from twiza.domain.storefronts.services import choose_colour, choose_ways
from twiza.foundation.places.selectors import get_commune

HERE = "/fr/workspace/stores/souk-khouribga/ways/"
CHOSEN = {"payments": ["cash_on_delivery"], "carriers": ["pickup"], "languages": ["fr", "ar"], "first_language": "ar"}


def speaking(market, *languages: str) -> None:
    choose_ways(market.souk, Ways(("cash_on_delivery",), ("pickup",), languages), by=market.youssef)


def test_he_ticks_what_it_offers_and_finds_it_again(market, signed_in):
    youssef = signed_in(market.youssef)
    page = youssef.get(HERE).content.decode()
    assert page.count("checked") == 1 + 2 + 4
    assert "L&#x27;acheteur vient le prendre" in page

    assert youssef.post(HERE, CHOSEN).url == "/fr/workspace/stores/souk-khouribga/setup/"
    assert ways_of(market.souk) == Ways(("cash_on_delivery",), ("pickup",), ("ar", "fr"))
    assert youssef.get(HERE).content.decode().count("checked") == 1 + 1 + 2
    assert "2 langues" in youssef.get("/fr/workspace/stores/souk-khouribga/setup/").content.decode()


def test_he_is_told_whose_parcels_nobody_can_fetch(market, signed_in):
    youssef, setup = signed_in(market.youssef), "/fr/workspace/stores/souk-khouribga/setup/"
    warning = "1 coopérative n&#x27;a pas de point de retrait"
    assert warning not in youssef.get(setup).content.decode()
    youssef.post(HERE, CHOSEN)
    assert warning.replace("&#x27;", "'") in youssef.get(setup).content.decode().replace("&#x27;", "'")

    commune = get_commune("05.311.01.07")
    PickupPoint.objects.create(cooperative=market.honey_cooperative, name_fr="Atelier", name_ar="ورشة", commune=commune)
    assert "pas de point de retrait" not in youssef.get(setup).content.decode()


def test_a_question_left_empty_is_asked_again_with_the_rest_kept(market, signed_in):
    youssef = signed_in(market.youssef)
    for wrong in ({"carriers": []}, {"payments": ["card"]}, {"first_language": "en"}):
        answer = youssef.post(HERE, {**CHOSEN, **wrong})
        assert answer.status_code == 200
        assert answer.context["form"].errors.keys() == wrong.keys()
    assert signed_in(market.mina).post(HERE, CHOSEN).status_code == 404
    assert StorefrontWays.objects.count() == 0


def test_its_pages_are_in_its_languages_and_lead_others_to_the_first(market):
    speaking(market, "ar", "fr")
    for page in ("", "products/", f"products/{market.honey.product.slug}/", "pages/legal/"):
        led = Client().get(f"/en/stores/souk-khouribga/{page}?page=1")
        assert (led.status_code, led.url) == (302, f"/ar/stores/souk-khouribga/{page}?page=1")
    page = Client().get("/fr/stores/souk-khouribga/").content.decode()
    switch = page.split('aria-label="Langue"')[1].split("</nav>")[0]
    assert [code for code in ("fr", "ar", "zgh", "en") if f'hreflang="{code}"' in switch] == ["fr", "ar"]
    assert switch.index('hreflang="ar"') < switch.index('hreflang="fr"')
    assert 'hreflang="en"' not in page
    assert 'hreflang="x-default" href="http://localhost:8000/fr/stores/souk-khouribga/"' in page
    # A product's one address is the market's, which speaks every language.
    product = Client().get(f"/fr/stores/souk-khouribga/products/{market.honey.product.slug}/").content.decode()
    assert 'rel="alternate" hreflang="en"' in product
    assert 'hreflang="en"' in Client().get("/fr/products/").content.decode()


def test_whoever_speaks_arabic_alone_is_shown_and_listed_in_arabic_alone(market):
    speaking(market, "ar")
    page = Client().get("/ar/stores/souk-khouribga/").content.decode()
    assert 'hreflang="x-default" href="http://localhost:8000/ar/stores/souk-khouribga/"' in page
    listed = b"".join(Client().get("/sitemaps/storefronts-1.xml").streaming_content).decode()
    assert "/ar/stores/souk-khouribga/" in listed
    assert "/fr/stores/souk-khouribga/" not in listed


def test_its_colour_does_not_ask_for_a_language(market):
    speaking(market, "ar")
    choose_colour(market.souk, "#1f5c4a", by=market.youssef)
    page = Client().get("/ar/stores/souk-khouribga/").content.decode()
    assert "/stores/souk-khouribga/theme.css?v=" in page
    assert Client().get("/stores/souk-khouribga/theme.css").status_code == 200


def test_tariffs_are_shown_where_something_is_brought(market):
    there = "/fr/stores/souk-khouribga/pages/delivery/"
    assert Client().get(there).context["tariffs"]
    speaking(market, "fr")
    assert "tariffs" not in Client().get(there).context


def test_a_product_says_how_it_comes(market):
    there, on_the_market = (f"/fr/{place}products/{market.honey.product.slug}/" for place in ("stores/souk-khouribga/", ""))
    assert "À votre porte ou dans un point de retrait" in Client().get(there).content.decode()
    speaking(market, "fr")
    assert "Vous venez le prendre à un point de retrait" in Client().get(there).content.decode()
    assert "À votre porte ou dans un point de retrait" in Client().get(on_the_market).content.decode()
