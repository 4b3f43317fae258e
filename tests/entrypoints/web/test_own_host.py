"""Souk Khouribga is read at boutique.example.ma, and nothing else is."""

from __future__ import annotations

import re

import pytest
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.test import Client, RequestFactory
from django.urls import resolve

from tests.entrypoints.web.test_order_story import ADDRESS
from twiza.domain.orders.models import Cart, OrderGroup
from twiza.domain.storefronts.envoy import our_word
from twiza.domain.storefronts.services import ask_for_host, choose_colour, close_storefront, drop_host, verify_host
from twiza.domain.storefronts.states import HostFinding
from twiza.entrypoints.web import page_cache
from twiza.entrypoints.web.leading_away import lead_to_market

HOSTS = "twiza.config.urls_of_a_host"
HOST = "boutique.example.ma"
THERE = f"http://{HOST}:8000"
SITE = "http://localhost:8000"


@pytest.fixture
def here(market) -> Client:
    """A browser on the storefront's own host."""
    verify_host(ask_for_host(market.souk, HOST, by=market.youssef).pk, HostFinding.HERE)
    return Client(headers={"host": HOST})


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code, getattr(answer, "url", ""))
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()


def test_its_pages_stand_without_its_path_and_its_links_stay_there(market, here):
    slug = market.honey.product.slug
    for page in ("", "products/", f"products/{slug}/", "conditions/", "pages/legal/", "search/?q=miel"):
        for language in ("fr", "ar"):
            html = read(here, f"/{language}/{page}")
            assert "/stores/souk-khouribga/" not in html
            assert "Souk Khouribga" in html or "سوق خريبكة" in html
    assert f'href="/fr/products/{slug}/"' in read(here, "/fr/")
    assert here.get("/").url == "/fr/"


def test_it_wears_its_colour_and_its_own_frame_also_round_the_basket_and_what_is_not_there(market, here):
    choose_colour(market.souk, "#1f4a8f", by=market.youssef)
    sheet = re.findall(r'href="(/stores/souk-khouribga/theme.css[^"]*)"', read(here, "/fr/cart/"))[0]
    assert "#1f4a8f" in read(here, sheet)
    missing = here.get("/fr/products/nothing/")
    assert (missing.status_code, sheet in missing.content.decode()) == (404, True)
    bar = read(here, "/fr/cart/").split("</header>")[0]
    assert 'href="/fr/"><' in bar.replace("\n", "")
    assert "/account/" not in bar
    assert f'href="{SITE}/fr/"' in read(here, "/fr/cart/").split("<footer")[1]


def test_what_it_does_not_sell_is_not_there(market, here):
    for page in (f"/fr/products/{market.saffron.product.slug}/", "/fr/pages/nothing/", "/fr/orders/nothing/", "/nothing/"):
        assert here.get(page).status_code == 404


def test_what_is_the_markets_is_led_there_and_not_one_of_its_views_is_reached(market, here):
    for page in (
        "/fr/workspace/", "/fr/workspace/stores/souk-khouribga/address/", "/fr/account/login/?next=/fr/", "/fr/cooperatives/",
        f"/fr/cooperatives/{market.honey_cooperative.slug}/", "/fr/terms/", "/fr/orders/", "/healthz/ready", "/simulator/phones/",
        "/fr/stores/souk-khouribga/", "/fr/stores/elsewhere/products/", "/open-data/cooperatives.csv",
    ):  # fmt: skip
        led = here.get(page)
        assert (led.status_code, led.url) == (302, SITE + page)
    for room in (
        resolve("/fr/workspace/", HOSTS),
        resolve("/fr/staff/", HOSTS),
        resolve("/webhooks/sms/simulator/inbound", HOSTS),
    ):
        assert room.func is lead_to_market
    assert here.post("/fr/workspace/").status_code == 405
    assert here.post("/webhooks/sms/simulator/inbound").status_code == 405


def test_it_names_itself_to_machines_and_its_path_names_it_too(market, here):
    slug, path = market.honey.product.slug, "/fr/stores/souk-khouribga/"
    for page in ("", "products/", f"products/{slug}/", "conditions/", "pages/legal/"):
        for html in (read(here, f"/fr/{page}"), read(Client(), path + page)):
            assert re.findall(r'<link rel="canonical" href="([^"]+)">', html) == [f"{THERE}/fr/{page}"]
            assert f'hreflang="ar" href="{THERE}/ar/{page}"' in html
            assert f'hreflang="x-default" href="{THERE}/fr/{page}"' in html
    for html in (read(here, f"/fr/products/{slug}/"), read(Client(), f"{path}products/{slug}/")):
        assert f'"@id":"{THERE}/fr/products/{slug}/"' in html
        assert f'"url":"{SITE}/fr/cooperatives/{market.honey_cooperative.slug}/"' in html
    # The market's own page of the product stays what it was.
    assert f'<link rel="canonical" href="{SITE}/fr/products/{slug}/">' in read(Client(), f"/fr/products/{slug}/")
    assert "noindex" in read(here, "/fr/search/?q=miel")

    assert f"Sitemap: {THERE}/sitemap.xml" in read(here, "/robots.txt")
    assert re.findall("<loc>([^<]+)</loc>", read(here, "/sitemap.xml")) == [
        f"{THERE}/sitemaps/pages-1.xml", f"{THERE}/sitemaps/products-1.xml",
    ]  # fmt: skip
    pages = re.findall("<loc>([^<]+)</loc>", read(here, "/sitemaps/pages-1.xml"))
    assert {f"{THERE}/fr/", f"{THERE}/ar/products/", f"{THERE}/fr/conditions/", f"{THERE}/zgh/pages/legal/"} <= set(pages)
    assert len(pages) == len(set(pages)) == 4 * 10
    products = re.findall("<loc>([^<]+)</loc>", read(here, "/sitemaps/products-1.xml"))
    assert products == [f"{THERE}/{code}/products/{slug}/" for code in ("fr", "ar", "zgh", "en")]
    assert "storefronts" not in read(Client(), "/sitemap.xml")  # there is no other
    assert f"<link>{THERE}/fr/products/{slug}/</link>" in read(here, "/fr/products/new.rss")
    for client in (here, Client()):
        assert f"<link>{THERE}/fr/</link>" in read(client, "/feeds/souk-khouribga/google.xml")
        assert f"<link>{THERE}/ar/</link>" in read(client, "/feeds/souk-khouribga/google.xml?language=ar")
    assert here.get("/feeds/twiza/google.xml").url == f"{SITE}/feeds/twiza/google.xml"


def test_given_up_it_is_nobodys_and_its_path_names_itself_again(market, here):
    drop_host(market.souk, by=market.youssef)
    assert here.get("/fr/").status_code == 400
    assert here.get("/sitemap.xml").status_code == 400
    path = "/fr/stores/souk-khouribga/"
    assert f'<link rel="canonical" href="{SITE}{path}">' in read(Client(), path)
    assert "/stores/souk-khouribga/" in read(Client(), "/sitemaps/storefronts-1.xml")


@pytest.mark.parametrize(
    "host",
    ["evil.example", "boutique.example.ma.evil.example", "evil.boutique.example.ma", "boutique.example.ma@evil.example", "",
     "boutique.example.ma:80:80", "boutique.example.ma/", "boutique.example.ma\x00", "boutique_example.ma", "196.200.131.5"],
)  # fmt: skip
def test_another_host_is_refused_whatever_it_calls_itself(market, here, host):
    for page in ("/fr/", "/fr/cart/", "/robots.txt", "/.well-known/twiza-0"):
        assert Client(headers={"host": host}).get(page).status_code == 400


def test_it_is_known_by_its_host_and_by_no_header_that_a_visitor_may_add(market, here):
    assert read(Client(headers={"host": "Boutique.Example.MA:8443"}), "/fr/").count("Souk Khouribga")
    forwarded = Client(headers={"x-forwarded-host": HOST, "forwarded": f"host={HOST}"})
    assert f'<link rel="canonical" href="{SITE}/fr/">' in read(forwarded, "/fr/")


def test_our_word_is_said_before_it_is_in_use_and_the_rest_is_not(market):
    host = ask_for_host(market.souk, HOST, by=market.youssef)
    waiting, path = Client(headers={"host": HOST}), f"/.well-known/twiza-{host.token}"
    answer = waiting.get(path)
    assert (answer.status_code, answer.content.decode()) == (200, our_word(HOST, path))
    assert answer["Content-Type"] == "text/plain"
    assert waiting.get("/fr/").status_code == 400
    assert waiting.get("/.well-known/twiza-0123").status_code == 400
    assert Client(headers={"host": "other.example.ma"}).get(path).status_code == 400
    assert Client().get(path).status_code == 404


def test_whoever_gets_certificates_is_told_which_hosts_are_in_use(market):
    def told(domain: str) -> int:
        return Client().get("/healthz/host", {"domain": domain}).status_code

    host = ask_for_host(market.souk, HOST, by=market.youssef)
    assert told(HOST) == 404
    verify_host(host.pk, HostFinding.HERE)
    assert [told(domain) for domain in (HOST, "Boutique.Example.MA.", "localhost", "evil.example", "")] == [
        200,
        200,
        404,
        404,
        404,
    ]
    drop_host(market.souk, by=market.youssef)
    assert told(HOST) == 404


def test_a_basket_becomes_an_order_without_leaving_it(market, here):
    page = read(here, f"/fr/products/{market.honey.product.slug}/")
    typed = dict(re.findall(r'name="(store|here|variant)" value="([^"]*)"', page))
    here.defaults["HTTP_ORIGIN"] = f"http://{HOST}"
    # Another storefront that a visitor types herself is not believed.
    assert here.post("/fr/cart/add/", {**typed, "store": "", "quantity": "2"}).url == f"/fr/products/{market.honey.product.slug}/"
    assert Cart.objects.get().lines.get().storefront == market.souk
    here.post("/fr/cart/add/", {"variant": market.saffron.pk, "quantity": "1", "store": "", "here": "/fr/cart/"})
    assert Cart.objects.get().lines.count() == 1  # it does not sell saffron

    assert here.post("/fr/checkout/", ADDRESS).url == "/fr/checkout/confirm/"
    summary = read(here, "/fr/checkout/confirm/")
    assert 'href="/fr/conditions/"' in summary
    shown = dict(re.findall(r'name="(expected_total|expected_promises)" value="([^"]*)"', summary))
    placed = here.post("/fr/checkout/confirm/", {**shown, "order": "1"})
    group = OrderGroup.objects.get()
    assert placed.url == f"/fr/orders/{group.token}/"
    assert group.orders.get().lines.get().storefront == market.souk
    assert "Souk Khouribga" in read(here, placed.url)


def test_a_form_of_another_site_is_refused(market, here):
    for origin in ("http://evil.example", "http://localhost:8000"):
        sent = here.post("/fr/cart/add/", {"variant": market.honey.pk, "quantity": "1"}, headers={"origin": origin})
        assert sent.status_code == 403
    strict = Client(headers={"host": HOST}, enforce_csrf_checks=True)
    assert strict.post("/fr/cart/change/", {}, headers={"origin": f"http://{HOST}"}).status_code == 403
    assert Cart.objects.count() == 0


def test_what_is_kept_of_one_host_is_never_shown_at_another(market, here, monkeypatch):
    """Through the kept pages, as a server asks: in a test everything is one transaction, which keeps nothing by itself."""
    monkeypatch.setattr(page_cache, "version_since", lambda _begun, topics: page_cache.version_of(topics))
    made: list[str] = []

    class Site(WSGIHandler):
        def __call__(self, environ, start_response):
            made.append(environ["HTTP_HOST"])
            response = self.get_response(WSGIRequest(environ))
            start_response(f"{response.status_code} ", list(response.items()))
            return response

    cache = page_cache.PageCache(Site())

    def asked(host: str) -> tuple[str, str]:
        environ = {**RequestFactory(headers={"host": host}).get("/fr/products/").environ}
        said: list[str] = []
        body = b"".join(cache(environ, lambda status, headers, *_: said.append(status)))
        return said[0][:3], re.findall(rb'canonical" href="([^"]+)"', body)[0].decode() if said[0][:3] == "200" else ""

    for _again in range(3):
        assert asked(HOST) == ("200", f"{THERE}/fr/products/")
        assert asked("localhost") == ("200", f"{SITE}/fr/products/")
        assert asked("evil.example") == ("400", "")
    # Kept from the second time on that somebody asks.
    assert made == [HOST, "localhost", "evil.example"] * 2 + ["evil.example"]
    drop_host(market.souk, by=market.youssef)
    assert asked(HOST) == ("400", "")


def test_closed_it_says_so_and_leads_to_the_market(market, here):
    close_storefront(market.souk, by=market.youssef)
    assert f'href="{SITE}/fr/products/"' in read(here, "/fr/")
    assert here.get("/fr/products/").status_code == 404
    assert here.get("/sitemap.xml").status_code == 404
    assert read(here, "/fr/conditions/").count("Souk Khouribga")


def test_the_installations_own_names_cost_no_question(market, here, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert Client().get("/robots.txt").status_code == 200
