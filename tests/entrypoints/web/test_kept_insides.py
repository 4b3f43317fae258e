"""The inside of a public page is the same for everybody, each under their own header and with their own messages."""

from __future__ import annotations

import pytest
from django.test import Client

from twiza.domain.catalogue.models import Variant
from twiza.entrypoints.web import kept_insides
from twiza.entrypoints.web.kept_parts import KeptParts

pytestmark = pytest.mark.django_db


@pytest.fixture
def honey_page(market) -> str:
    return f"/fr/products/{market.honey.product.slug}/"


def test_a_page_with_holes_filled_is_the_page_made_whole(client, honey_page):
    """Asked with a number of pieces it is made whole each time; without, from what is kept."""
    kept = client.get(honey_page).content.decode()
    whole = client.get(f"{honey_page}?quantity=1").content.decode()

    assert "".join(kept.split()) == "".join(whole.replace("?quantity=1", "").split())


def test_each_visitor_has_their_own_header_and_messages(client, market, honey_page):
    salma = Client()
    client.get(honey_page)
    wanted = {"variant": market.honey.pk, "quantity": "2", "store": "", "here": honey_page}
    hers = salma.post("/fr/cart/add/", wanted, follow=True).content.decode()

    assert 'class="count"' in salma.get(honey_page).content.decode()
    strangers = client.get(honey_page).content.decode()
    assert 'class="count"' not in strangers
    assert "<!--header-->" not in strangers + hers
    assert "<!--messages-->" not in strangers + hers


@pytest.mark.parametrize("path", ["", "products/{slug}/", "stores/souk-khouribga/"])
def test_what_it_costs_is_of_this_moment(client, market, path):
    address = f"/fr/{path.format(slug=market.honey.product.slug)}"
    for price, words in ((12300, "123 DH"), (45600, "456 DH")):
        Variant.objects.filter(pk=market.honey.pk).update(price_centimes=price)
        assert words in client.get(address).content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def test_a_product_that_is_gone_has_no_page_though_it_was_kept(client, market, honey_page, monkeypatch):
    monkeypatch.setattr(kept_insides, "KEPT", KeptParts(10))
    assert client.get(honey_page).status_code == 200
    market.honey.product.state = "retired"
    market.honey.product.save()

    assert client.get(honey_page).status_code == 404


def test_a_product_asks_ten_questions_at_most_while_nothing_of_it_is_in_memory(client, honey_page, django_assert_max_num_queries):
    client.get("/fr/")  # what a process asks once
    with django_assert_max_num_queries(10):
        assert client.get(honey_page).status_code == 200
