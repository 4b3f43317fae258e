"""What nobody means to send, and what two windows send at once: a sentence each, nothing lost, nothing doubled."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

import pytest
import time_machine
from django.test import Client

from tests.entrypoints.web.people import sign_in
from tests.entrypoints.web.test_order_story import ADDRESS, put_in, seen_total, to_the_summary
from twiza.domain.inventory.models import StockLevel
from twiza.domain.inventory.selectors import stock_faults
from twiza.domain.orders.models import Cart, CartLine, Order, OrderGroup
from twiza.domain.orders.services import begin_checkout
from twiza.domain.storefronts.services import close_storefront
from twiza.kit import clock

ENDLESS = "9" * 5000
IN_SOUK = {"store": "souk-khouribga"}


@pytest.fixture
def salma() -> Client:
    return Client()


def order(client: Client, total: str):
    return client.post("/fr/checkout/confirm/", {"order": "1", "expected_total": total})


def typed_out(client: Client, path: str, said: dict[str, str]):
    """As a browser without files sends it, however long a name is."""
    return client.post(path, urlencode(said), content_type="application/x-www-form-urlencoded")


def nothing_is_promised(variant) -> None:
    assert not OrderGroup.objects.exists()
    assert StockLevel.objects.get(variant=variant).allocated == 0
    assert stock_faults()[1] == []


@pytest.mark.parametrize("name", ["quantity-", "gift-", "price-", "gift-price-"])
def test_a_number_without_end_in_a_basket_form_is_passed_over(market, salma, name):
    put_in(salma, market.honey, 2)

    answer = typed_out(salma, "/fr/cart/change/", {f"{name}{ENDLESS}": ENDLESS, "keep": "1"})

    assert answer.headers["Location"] == "/fr/cart/"
    assert CartLine.objects.get().quantity == 2


def test_a_number_without_end_in_the_checkout_is_passed_over(market, salma):
    put_in(salma, market.honey)
    total = seen_total(to_the_summary(salma))

    said = {"order": "1", "expected_total": total, f"delivery-{ENDLESS}": "home"}
    answer = typed_out(salma, "/fr/checkout/confirm/", said)

    assert answer.headers["Location"] == f"/fr/orders/{OrderGroup.objects.get().token}/"
    assert order(salma, ENDLESS).headers["Location"] == answer.headers["Location"]


def test_ten_thousand_lines_in_one_form_are_refused_in_words_and_change_nothing(market, salma):
    put_in(salma, market.honey, 2)

    answer = typed_out(salma, "/fr/cart/change/", {f"quantity-{number}": "1" for number in range(10_000)})

    assert (answer.status_code, "Rien n'a été changé" in answer.content.decode()) == (400, True)
    assert CartLine.objects.get().quantity == 2


@pytest.mark.parametrize("step", ["basket", "address", "summary", "order"])
def test_a_storefront_that_closes_at_any_step_is_named_and_nothing_is_lost(market, salma, step):
    put_in(salma, market.honey, **IN_SOUK)
    total = seen_total(to_the_summary(salma)) if step == "order" else ""
    if step in {"address", "summary"}:
        salma.post("/fr/cart/change/", {"checkout": "1"})
    if step == "summary":
        salma.post("/fr/checkout/", ADDRESS)
    close_storefront(market.souk, by=market.youssef)

    if step == "basket":
        salma.post("/fr/cart/change/", {"checkout": "1"})
    if step in {"basket", "address"}:
        salma.post("/fr/checkout/", ADDRESS)
    if step != "order":
        salma.get("/fr/cart/")
        total = seen_total(salma.get("/fr/checkout/confirm/").content.decode())
    answer = salma.post("/fr/checkout/confirm/", {"order": "1", "expected_total": total}, follow=True)

    assert "Souk Khouribga" in answer.content.decode()
    assert answer.content.decode().count("alert-danger") == 1
    assert CartLine.objects.get().quantity == 1
    nothing_is_promised(market.honey)


@pytest.mark.parametrize("is_taken", [False, True])
def test_what_was_kept_until_a_second_ago_is_ordered_if_nobody_took_it(market, salma, is_taken):
    put_in(salma, market.honey, 10)
    total = seen_total(to_the_summary(salma))
    with time_machine.travel(clock.now() + timedelta(minutes=15, seconds=1), tick=False):
        if is_taken:
            begin_checkout(market.basket(market.honey))
        answer = salma.post("/fr/checkout/confirm/", {"order": "1", "expected_total": total}, follow=True)

    assert OrderGroup.objects.exists() != is_taken
    assert CartLine.objects.filter(quantity=10).count() == 1
    if is_taken:
        assert answer.content.decode().count("alert-danger") == 1
        nothing_is_promised(market.honey)
    else:
        assert StockLevel.objects.get(variant=market.honey).allocated == 10


def test_of_two_windows_with_two_totals_only_the_one_that_is_true_orders(market, salma):
    put_in(salma, market.honey)
    old = seen_total(to_the_summary(salma))
    put_in(salma, market.argan)
    new = seen_total(to_the_summary(salma))

    late = order(salma, old)
    assert late.status_code == 409
    assert seen_total(late.content.decode()) == new
    nothing_is_promised(market.honey)

    first = order(salma, new)
    assert order(salma, old).headers["Location"] == first.headers["Location"]
    assert Order.objects.count() == 2


def test_of_one_basket_on_two_telephones_one_order_comes(market, salma):
    put_in(salma, market.honey)
    sign_in(salma, market.salma)
    other = Client()
    sign_in(other, market.salma)
    totals = [seen_total(to_the_summary(client)) for client in (salma, other)]

    for client, total in zip((salma, other), totals, strict=True):
        order(client, total)
        client.get("/fr/checkout/confirm/")

    assert OrderGroup.objects.count() == 1
    assert StockLevel.objects.get(variant=market.honey).allocated == 1


def test_every_form_of_the_way_sent_again_after_ordering_changes_nothing(market, salma):
    put_in(salma, market.honey)
    total = seen_total(to_the_summary(salma))
    address = order(salma, total).headers["Location"]
    before = list(Cart.objects.values())

    salma.post("/fr/cart/change/", {f"quantity-{market.honey.pk}": "0", "checkout": "1"})
    salma.post("/fr/checkout/", {**ADDRESS, "name": "Karim", "place": "Khouribga"})
    salma.post("/fr/checkout/confirm/", {"pay_with": "cash_on_delivery"})
    assert order(salma, "0").headers["Location"] == address

    assert list(Cart.objects.values()) == before
    assert CartLine.objects.get().quantity == 1
    assert (OrderGroup.objects.count(), OrderGroup.objects.get().buyer_name) == (1, "Salma")
