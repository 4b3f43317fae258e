"""The basket over plain HTTP: another window, the way back, another telephone, and what one order asks of the database."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.entrypoints.web.people import sign_in
from tests.entrypoints.web.test_order_story import put_in, seen_total, to_the_summary
from tests.people import product
from twiza.domain.catalogue.services import set_price
from twiza.domain.orders.models import Cart, CartLine, OrderGroup

MOST_QUERIES = 40


@pytest.fixture
def salma() -> Client:
    return Client()


def test_the_basket_says_until_when_it_is_kept(market, salma):
    put_in(salma, market.honey)
    assert "Gardé pour vous jusqu" not in salma.get("/fr/cart/").content.decode()

    page = to_the_summary(salma)

    assert re.search(r"Gardé pour vous jusqu’à \d\d:\d\d", page)
    assert re.search(r"Gardé pour vous jusqu’à \d\d:\d\d", salma.get("/fr/cart/").content.decode())


def test_a_price_that_moved_is_said_with_the_old_one_until_it_was_seen(market, salma):
    put_in(salma, market.honey)
    set_price(market.honey, 13000, by=market.mina)
    salma.post("/fr/cart/change/", {f"quantity-{market.honey.pk}": "1", f"price-{market.honey.pk}": "12000", "checkout": "1"})
    salma.post("/fr/checkout/", {"name": "Salma", "phone": "0612345678", "place": "Casablanca", "landmark": "Maârif"})

    assert "le prix a changé, avant" in salma.get("/fr/checkout/confirm/").content.decode()

    salma.post("/fr/cart/change/", {f"quantity-{market.honey.pk}": "1", f"price-{market.honey.pk}": "13000"})
    assert "le prix a changé" not in salma.get("/fr/cart/").content.decode()


def test_the_way_back_after_ordering_leads_to_the_order(market, salma):
    put_in(salma, market.honey)
    order = salma.post("/fr/checkout/confirm/", {"order": "1", "expected_total": seen_total(to_the_summary(salma))})
    address = order.headers["Location"]

    assert salma.get("/fr/checkout/confirm/").headers["Location"] == address
    assert f'href="{address}"' in salma.get("/fr/cart/").content.decode()
    salma.post("/fr/cart/change/", {f"quantity-{market.honey.pk}": "5", "checkout": "1"})
    assert CartLine.objects.get().quantity == 1


def test_a_basket_goes_along_to_the_next_telephone_and_leaves_a_lent_one(market, salma):
    put_in(salma, market.honey)
    sign_in(salma, market.salma)
    other = Client()
    put_in(other, market.argan)
    sign_in(other, market.salma)

    assert "Miel de thym" in other.get("/fr/cart/").content.decode()
    assert "argan" in salma.get("/fr/cart/").content.decode()
    assert Cart.objects.count() == 1

    salma.post("/fr/account/logout/")
    assert "Miel de thym" not in salma.get("/fr/cart/").content.decode()
    assert CartLine.objects.count() == 2


def test_signing_out_leaves_a_basket_that_was_nobodys(market, salma):
    put_in(salma, market.honey)
    salma.post("/fr/account/logout/")

    assert "Miel de thym" in salma.get("/fr/cart/").content.decode()


@pytest.mark.parametrize("others", [0, 9])
def test_one_order_over_three_cooperatives_asks_few_questions_whatever_the_catalogue(market, salma, others):
    for number in range(others):
        product(market.honey_cooperative, market.mina, "honey", f"Miel {number}", "عسل", "250", "g", 7000, 5)
    for variant in (market.saffron, market.argan, market.honey):
        put_in(salma, variant)
    posted = {"order": "1", "expected_total": seen_total(to_the_summary(salma))}
    posted |= {f"delivery-{one.product.cooperative_id}": "home" for one in (market.saffron, market.argan, market.honey)}

    with CaptureQueriesContext(connection) as asked:
        salma.post("/fr/checkout/confirm/", posted)

    assert OrderGroup.objects.get().orders.count() == 3
    # The tests' own transaction makes a savepoint of each one that begins.
    questions = [one["sql"] for one in asked.captured_queries if "SAVEPOINT" not in one["sql"]]
    assert len(questions) <= MOST_QUERIES, "\n".join(questions)
