"""Youssef says how many may be ordered in his storefront; buyers read how few are left there."""

from __future__ import annotations

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.people import product
from twiza.domain.orders.selectors import basket_of
from twiza.domain.orders.services import Address, keep_address, place_order, put_in_cart, start_cart
from twiza.domain.storefronts.models import StorefrontQuota
from twiza.domain.storefronts.services import set_quota, show_first
from twiza.foundation.places.selectors import get_commune

HERE = "/fr/workspace/stores/souk-khouribga/quotas/"


def order(market, quantity: int) -> None:
    cart = start_cart(language="fr")
    put_in_cart(cart, market.honey.pk, quantity, market.souk)
    keep_address(cart, Address("Salma", "+212683005001", get_commune("06.141.01.0"), "Maârif"))
    place_order(cart, expected_total_centimes=basket_of(cart).total_centimes)


def said() -> dict[int, int]:
    return dict(StorefrontQuota.objects.values_list("product", "most_pieces"))


def test_he_says_a_number_changes_it_and_leaves_it_empty(market, signed_in):
    youssef, field = signed_in(market.youssef), f"most-{market.honey.product_id}"
    order(market, 3)
    page = youssef.get(HERE)
    assert [(one.row.name, one.most_pieces, one.ordered) for one in page.context["rows"]] == [("Miel de thym", None, 3)]
    assert "3 pièces commandées ici" in page.content.decode()

    youssef.post(HERE, {field: " 20 "})
    assert said() == {market.honey.product_id: 20}
    assert "1 produit a une limite" in youssef.get("/fr/workspace/stores/souk-khouribga/setup/").content.decode()
    unread = youssef.post(HERE, {field: "douze"}, follow=True).content.decode()
    assert "«\u00a0douze\u00a0» n&#x27;est pas un nombre de pièces" in unread
    assert said() == {market.honey.product_id: 20}
    youssef.post(HERE, {field: ""})
    assert said() == {}


def test_strangers_and_other_numbers_say_nothing(market, signed_in):
    youssef = signed_in(market.youssef)
    assert youssef.post(HERE, {"most-999999": "3", "most-x": "4", "most": "5"}).status_code == 404
    assert signed_in(market.mina).post(HERE, {f"most-{market.honey.product_id}": "3"}).status_code == 404
    assert said() == {}


def test_buyers_read_how_few_are_left_there_and_find_the_rest_on_the_market(market):
    slug = market.honey.product.slug
    set_quota(market.souk, market.honey.product_id, 5, by=market.youssef)
    order(market, 2)

    def pages() -> list[str]:
        return [
            Client().get(f"/fr/stores/souk-khouribga/{page}").content.decode() for page in ("", "products/", f"products/{slug}/")
        ]

    for page in pages():
        assert "Plus que 3 ici" in page
    assert "Plus que" not in Client().get(f"/fr/products/{slug}/").content.decode()

    order(market, 3)
    used_up = pages()
    for page in used_up:
        assert "Plus ici" in page
    assert "Tout ce que cette vitrine peut en vendre est commandé." in used_up[2]
    assert 'name="quantity"' not in used_up[2]
    assert 'name="quantity"' in Client().get(f"/fr/products/{slug}/").content.decode()


def test_a_basket_beyond_the_quota_says_what_to_do(market):
    visitor = Client()
    visitor.post("/fr/cart/add/", {"variant": market.honey.pk, "quantity": "4", "store": "souk-khouribga"})
    set_quota(market.souk, market.honey.product_id, 3, by=market.youssef)
    assert "On ne peut plus en commander que 3 dans" in visitor.get("/fr/cart/").content.decode()
    set_quota(market.souk, market.honey.product_id, 0, by=market.youssef)
    assert "On ne peut plus en commander dans" in visitor.get("/fr/cart/").content.decode()
    refused = visitor.post("/fr/cart/change/", {f"quantity-{market.honey.pk}": "1", "checkout": "1"}, follow=True)
    assert "Cherchez sur le marché." in refused.content.decode()


def test_the_screens_that_list_products_ask_as_much_of_many_as_of_few(market, signed_in):
    youssef = signed_in(market.youssef)
    most = {"quotas": 8, "assortment/products": 8, "assortment": 16}
    show_first(market.souk, market.honey.product_id, by=market.youssef)

    def asked(page: str) -> int:
        with CaptureQueriesContext(connection) as questions:
            assert youssef.get(f"/fr/workspace/stores/souk-khouribga/{page}").status_code == 200
        return len(questions)

    pages = {f"{page}/{words}": number for page, number in most.items() for words in ("", "?q=miel")}
    of_one = {page: asked(page) for page in pages}
    for number in range(3):
        product(market.honey_cooperative, market.mina, "honey", f"Miel {number}", "", "500", "g", 9000, 2)

    # What the process keeps, as the provinces, may have been asked for by the first.
    assert [page for page in pages if asked(page) > of_one[page]] == []
    assert [(page, of_one[page]) for page, number in pages.items() if of_one[page] > number] == []
