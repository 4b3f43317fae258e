"""A visitor reads a storefront's pages: in her language where they are written in it, and who sells."""

from __future__ import annotations

import pytest
from django.test import Client

from twiza.domain.storefronts.models import Storefront, StorefrontPage
from twiza.domain.storefronts.selectors import page_links
from twiza.domain.storefronts.services import choose_colour, close_storefront, keep_templates, write_page
from twiza.entrypoints.web.templatetags.page_words import paragraphs

STORE = "/fr/stores/souk-khouribga/"


def page(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.mark.parametrize("language", ["fr", "ar", "en", "zgh"])
def test_every_page_is_there_in_every_language_with_its_one_address(market, language):
    for kind, _title in page_links():
        html = page(f"/{language}/stores/souk-khouribga/pages/{kind}/")
        assert f'<link rel="canonical" href="http://localhost:8000/{language}/stores/souk-khouribga/pages/{kind}/">' in html
        assert f'hreflang="ar" href="http://localhost:8000/ar/stores/souk-khouribga/pages/{kind}/"' in html
    assert Client().get(f"/{language}/stores/souk-khouribga/pages/gifts/").status_code == 404
    assert Client().get(f"/{language}/stores/souk-khouribga/pages/conditions/").status_code == 404


def test_the_foot_of_every_page_of_the_storefront_leads_to_them_and_the_markets_own_do_not(market):
    product = f"{STORE}products/{market.honey.product.slug}/"

    for address in (STORE, f"{STORE}products/", product, f"{STORE}pages/legal/", f"{STORE}conditions/"):
        html = page(address)
        for kind, _title in page_links():
            assert f'href="{STORE}pages/{kind}/"' in html, address
    assert f"{STORE}pages/" not in page("/fr/products/")


def test_words_in_another_language_are_marked_as_such(market):
    StorefrontPage.objects.all().delete()
    write_page(market.souk, "payment", "fr", "Par virement <b>seulement</b>.", by=market.youssef)

    html = page("/ar/stores/souk-khouribga/pages/payment/")
    assert '<div class="page-words" lang="fr" dir="ltr"><p>Par virement &lt;b&gt;seulement&lt;/b&gt;.</p></div>' in html
    keep_templates(market.souk, by=market.youssef)
    assert '<div class="page-words"><p>نقداً' in page("/ar/stores/souk-khouribga/pages/payment/")
    assert '<div class="page-words" lang="fr" dir="ltr">' in page("/en/stores/souk-khouribga/pages/payment/")


def test_the_legal_notice_names_who_sells(market):
    html = page(f"{STORE}pages/legal/")

    assert "Souk Khouribga tient la vitrine Souk Khouribga." in html
    assert "1 coopérative vend ici" in html
    assert "Coopérative Nahlat" in html
    assert "<bdi>3/2/2019, Tribunal</bdi>" in html
    assert "Coopérative Taghart" not in html


def test_one_sheet_holds_them_all_and_search_engines_know_each(market):
    sheet = page(f"{STORE}conditions/")
    listed = b"".join(Client().get("/sitemaps/storefronts-1.xml").streaming_content).decode()

    for kind, _title in page_links():
        assert f'<h2><a href="{STORE}pages/{kind}/">' in sheet
        assert f"<loc>http://localhost:8000{STORE}pages/{kind}/</loc>" in listed


def test_a_telephone_number_keeps_its_order_in_an_arabic_line(market):
    assert '<bdi class="amount" dir="ltr">06 83 00 60 00</bdi>' in page("/ar/stores/souk-khouribga/pages/returns/")
    assert paragraphs("Pot 500 g\n\n<b>24 h</b>") == "<p>Pot 500 g</p>\n\n<p>&lt;b&gt;24 h&lt;/b&gt;</p>"


def test_who_bought_in_a_storefront_that_closed_still_reads_its_conditions(market):
    choose_colour(market.souk, "#1f4a8f", by=market.youssef)
    close_storefront(market.souk, by=market.youssef)

    for address in (f"{STORE}conditions/", f"{STORE}pages/returns/"):
        html = page(address)
        assert "Vous pouvez aussi nous appeler" in html
        assert "pas ouverte aujourd" in html
        assert "Aperçu" not in html
    assert Client().get("/stores/souk-khouribga/theme.css?v=1f4a8f-1").status_code == 200
    Storefront.objects.update(state="draft")
    assert Client().get(f"{STORE}conditions/").status_code == 404
