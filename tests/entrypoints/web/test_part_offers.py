"""A buyer reads what there is of an order, and takes it or leaves it, without JavaScript."""

from __future__ import annotations

import pytest
from django.test import Client

from twiza.domain.orders.models import Order, PartialOffer
from twiza.domain.orders.services import offer_part


@pytest.fixture
def order(market) -> Order:
    order = market.order(market.honey, market.saffron, quantity=3).orders.get(cooperative=market.honey_cooperative)
    offer_part(order, {order.lines.get().pk: 2}, by=market.mina)
    return order


def page_of(order: Order) -> str:
    return f"/fr/orders/{order.group.token}/"


def answer(order: Order, said: str) -> str:
    address = f"{page_of(order)}{order.cooperative.slug}/part/"
    return Client().post(address, {"answer": said}, follow=True).content.decode()


def test_the_page_says_what_there_is_what_it_costs_and_what_happens_without_an_answer(market, order):
    page = Client().get(page_of(order)).content.decode()

    assert "Miel de thym 500 g\xa0: <b>2 sur 3</b>" in page
    assert "280 DH" in page or "280 DH" in page
    assert "Sans réponse avant le" in page
    assert page.count('name="answer"') == 2
    assert "2 من 3" in Client().get(page_of(order).replace("/fr/", "/ar/")).content.decode()


def test_a_yes_on_the_page_takes_it_and_a_second_answer_changes_nothing(market, order):
    page = answer(order, "yes")

    assert "prépare ce qu&#x27;il y a" in page
    assert "Vous avez accepté\xa0:" in page
    assert 'name="answer"' not in page
    order.refresh_from_db()
    assert (order.status, order.total_centimes) == ("accepted", 28000)
    assert "déjà répondu" in answer(order, "no")
    order.refresh_from_db()
    assert order.status == "accepted"


def test_a_no_on_the_page_cancels_this_part_alone(market, order):
    page = answer(order, "no")

    assert "n&#x27;avez pas voulu d&#x27;une partie" in page
    statuses = set(order.group.orders.values_list("cooperative", "status"))
    assert statuses == {(market.honey_cooperative.pk, "declined"), (market.saffron_cooperative.pk, "placed")}


def test_another_answer_another_order_and_another_method_change_nothing(market, order):
    address = f"{page_of(order)}{order.cooperative.slug}/part/"
    assert Client().get(address).status_code == 405
    assert Client().post(f"/fr/orders/nobody/{order.cooperative.slug}/part/", {"answer": "yes"}).status_code == 404
    assert Client().post(f"{page_of(order)}{market.saffron_cooperative.slug}/part/", {"answer": "yes"}).status_code == 404
    answer(order, "perhaps")

    assert PartialOffer.objects.get().state == "asked"
