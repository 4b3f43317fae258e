from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from twiza.domain.inventory.models import StockLevel
from twiza.domain.orders.models import Order
from twiza.domain.orders.services import accept_order, confirm_group


def address(market, cooperative, path: str, language: str = "fr") -> str:
    return f"/{language}/workspace/{cooperative.slug}/{path}"


def page(client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    return answer.content.decode()


def test_fatima_accepts_prepares_sends_and_delivers_by_button_what_salma_ordered(market, signed_in):
    group = market.order(market.saffron, quantity=2)
    order = group.orders.get()
    confirm_group(group)
    fatima = signed_in(market.fatima)
    at = address(market, market.saffron_cooperative, f"orders/{order.number}/")

    def press(button: str, **typed: str) -> str:
        answer = fatima.post(f"{at}{button}/", typed, follow=True)
        assert answer.redirect_chain[-1][0] == at
        return answer.content.decode()

    assert "06 83 00 50 01" not in page(fatima, at)
    accepted = press("accept")
    assert "06 83 00 50 01" in accepted
    press("ready", checked="goods")
    assert "AM 4432" in press("send", tracking="AM 4432")
    press("delivered")

    order.refresh_from_db()
    assert (order.status, order.fulfilment.status, order.fulfilment.tracking) == ("closed", "delivered", "AM 4432")
    assert [step.what for step in order.steps.all()] == ["placed", "confirmed", "accepted", "ready", "handed_over", "delivered"]
    assert {step.channel for step in order.steps.all()} == {"web"}
    assert StockLevel.objects.get(variant=market.saffron).on_hand == 38


def test_a_refusal_asks_for_its_reason_and_the_buyer_reads_it_in_the_language_of_the_order(market, signed_in):
    order = market.order(market.saffron, language="ar").orders.get()
    fatima = signed_in(market.fatima)
    at = address(market, market.saffron_cooperative, f"orders/{order.number}/refuse/")

    silent = fatima.post(at, {})
    order.refresh_from_db()
    assert (silent.status_code, order.status) == (200, "placed")
    unwritten = fatima.post(at, {"reason": "other", "words": ""})
    order.refresh_from_db()
    assert (unwritten.status_code, order.status) == (200, "placed")
    fatima.post(at, {"reason": "sold_out"})

    order.refresh_from_db()
    assert order.status == "declined"
    assert order.decline_reason == "لم يبق منه شيء."


def test_own_words_of_a_refusal_stay_as_they_were_written(market, signed_in):
    order = market.order(market.saffron).orders.get()
    at = address(market, market.saffron_cooperative, f"orders/{order.number}/refuse/")

    signed_in(market.fatima).post(at, {"reason": "other", "words": "Nous marions ma fille."})

    order.refresh_from_db()
    assert order.decline_reason == "Nous marions ma fille."


def test_a_button_pressed_twice_says_so_and_changes_nothing(market, signed_in):
    order = market.order(market.saffron).orders.get()
    accept_order(order, by=market.fatima)
    at = address(market, market.saffron_cooperative, f"orders/{order.number}/accept/")

    answer = signed_in(market.fatima).post(at, follow=True)

    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    assert order.number in str(next(iter(answer.context["messages"])))
    assert order.steps.filter(what="accepted").count() == 1


def test_a_parcel_that_leaves_before_the_buyer_confirmed_is_warned_of(market, signed_in):
    order = market.order(market.saffron).orders.get()
    accept_order(order, by=market.fatima)
    at = address(market, market.saffron_cooperative, f"orders/{order.number}/send/")

    assert "alert-warning" in page(signed_in(market.fatima), at)


def test_the_sheet_carries_the_address_only_once_the_order_is_accepted(market, signed_in):
    order = market.order(market.saffron).orders.get()
    at = address(market, market.saffron_cooperative, f"orders/{order.number}/sheet/")
    fatima = signed_in(market.fatima)

    assert fatima.get(at).status_code == 302
    accept_order(order, by=market.fatima)
    assert "06 83 00 50 01" in page(fatima, at)


@pytest.mark.parametrize("path", ["", "orders/", "stock/", "prices/", "products/", "earnings/"])
def test_three_orders_ask_the_database_no_more_than_one(market, signed_in, path):
    fatima = signed_in(market.fatima)
    at = address(market, market.saffron_cooperative, path)
    market.order(market.saffron)
    page(fatima, at)
    with CaptureQueriesContext(connection) as one:
        page(fatima, at)
    market.order(market.saffron)
    market.order(market.saffron, quantity=2)
    with CaptureQueriesContext(connection) as three:
        page(fatima, at)

    assert Order.objects.filter(cooperative=market.saffron_cooperative).count() == 3
    assert len(three) == len(one)


def test_an_operator_reads_trouble_first_and_asks_the_same_number_of_questions(market, signed_in):
    from twiza.domain.orders.models import OrderLine

    youssef = signed_in(market.youssef)
    first = market.order(market.honey).orders.get()
    OrderLine.objects.update(storefront=market.souk)
    page(youssef, "/fr/workspace/stores/souk-khouribga/")
    with CaptureQueriesContext(connection) as one:
        page(youssef, "/fr/workspace/stores/souk-khouribga/")
    second, third = market.order(market.honey).orders.get(), market.order(market.honey).orders.get()
    OrderLine.objects.update(storefront=market.souk)
    Order.objects.filter(pk=first.pk).update(answer_before=first.answer_before.replace(year=2020))
    with CaptureQueriesContext(connection) as three:
        text = page(youssef, "/fr/workspace/stores/souk-khouribga/")

    assert len(three) == len(one)
    places = [text.index(f"<bdi>{order.number}</bdi>") for order in (first, third, second)]
    assert places == sorted(places)
