"""Youssef says of single products whether his storefront shows them, and which stand first."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client

from twiza.domain.storefronts.models import StorefrontProduct
from twiza.domain.storefronts.services import choose_dates, close_storefront, show_first
from twiza.kit import clock

HERE = "/fr/workspace/stores/souk-khouribga/assortment/products/"


def test_he_searches_shows_first_moves_and_leaves_out(market, signed_in):
    youssef = signed_in(market.youssef)
    found = youssef.get(f"{HERE}?q=safran").context["found"]
    assert [(one.row.name, one.is_shown, one.is_first) for one in found] == [("Safran pur", False, False)]

    answer = youssef.post(f"{HERE}?q=safran", {"show": str(market.saffron.product_id)})
    assert answer.url == f"{HERE}?q=safran"
    for one in (market.honey, market.saffron):
        youssef.post(HERE, {"first": str(one.product_id)})
    youssef.post(HERE, {"earlier": str(market.saffron.product_id)})
    page = youssef.get(HERE)
    assert [one.product.name_fr for one in page.context["first"]] == ["Safran pur", "Miel de thym"]
    assert [(one.row.name, one.is_shown, one.is_first) for one in page.context["found"]] == [
        ("Safran pur", True, True),
        ("Miel de thym", True, True),
    ]
    assert "Descendre" in page.content.decode()

    youssef.post(HERE, {"leave_out": str(market.honey.product_id)})
    assert [one.product.name_fr for one in youssef.get(HERE).context["left_out"]] == ["Miel de thym"]
    sums = youssef.get("/fr/workspace/stores/souk-khouribga/assortment/").content.decode()
    assert "1 produit est montré en tout." in sums
    assert "En premier\u00a0: 1 · choisis un par un\u00a0: 0 · écartés\u00a0: 1" in sums


def test_what_is_no_number_or_of_a_stranger_changes_nothing(market, signed_in):
    youssef = signed_in(market.youssef)
    assert youssef.post(HERE, {"first": "x"}).status_code == 302
    assert youssef.post(HERE, {"first": "999999"}).status_code == 404
    assert signed_in(market.mina).post(HERE, {"first": str(market.honey.product_id)}).status_code == 404
    assert StorefrontProduct.objects.count() == 0


def test_visitors_see_first_what_stands_first(market, signed_in):
    show_first(market.souk, market.argan.product_id, by=market.youssef)
    pages = [Client().get(f"/fr/stores/souk-khouribga/{page}").content.decode() for page in ("", "products/")]

    for page in pages:
        assert page.index("Huile d&#x27;argan") < page.index("Miel de thym")
    assert Client().get(f"/fr/stores/souk-khouribga/products/{market.saffron.product.slug}/").status_code == 404


def test_a_closed_storefront_shows_no_goods_and_says_where_they_are(market, signed_in):
    choose_dates(market.souk, clock.now() + timedelta(days=40), None, by=market.youssef)
    pages = {page: Client().get(f"/fr/stores/souk-khouribga/{page}") for page in ("", "products/", _honey(market))}

    assert [page.status_code for page in pages.values()] == [200, 404, 404]
    for page in pages.values():
        assert "Elle ouvre le" in page.content.decode()
        assert "120 DH" not in page.content.decode()
    assert f'href="/fr/products/{market.honey.product.slug}/"' in pages[_honey(market)].content.decode()

    close_storefront(market.souk, by=market.youssef)
    closed = Client().get("/fr/stores/souk-khouribga/products/")
    assert (closed.status_code, "Elle est fermée" in closed.content.decode()) == (404, True)
    put_in = Client().post(
        "/fr/cart/add/", {"variant": market.honey.pk, "store": "souk-khouribga", "quantity": "1", "here": "/fr/"}, follow=True
    )
    assert "Souk Khouribga est fermée pour le moment." in put_in.content.decode()


def _honey(market) -> str:
    return f"products/{market.honey.product.slug}/"
