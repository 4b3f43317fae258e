"""Bought by one, received by another: the buyer is told at each step, whoever receives it once, and no slip says a price."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from tests.jobs import run_jobs
from twiza.domain.orders.errors import BasketOrdered
from twiza.domain.orders.models import Cart, OrderGroup
from twiza.domain.orders.selectors import basket_of
from twiza.domain.orders.services import (
    Recipient,
    accept_order,
    hand_over_order,
    keep_it_oneself,
    keep_recipient,
    place_order,
)
from twiza.foundation.messaging.models import Message

LALLA = Recipient("Lalla Zohra", "+212683007007", "عيد مبارك سعيد يا ماما")


def texts_to(phone: str) -> list[str]:
    return list(Message.objects.filter(to=phone).order_by("pk").values_list("text", flat=True))


def gift(market) -> OrderGroup:
    cart = market.basket(market.honey)
    keep_recipient(cart, LALLA)
    cart = Cart.objects.get(pk=cart.pk)
    return place_order(cart, expected_total_centimes=basket_of(cart).total_centimes)


def sent(market, group: OrderGroup) -> None:
    order = group.orders.get()
    accept_order(order, by=market.mina)
    hand_over_order(order, by=market.mina, tracking="LD1MA")
    run_jobs()


def test_whoever_receives_it_is_told_from_whom_and_the_buyer_at_each_step(market):
    group = gift(market)
    sent(market, group)

    assert texts_to(LALLA.phone) == [
        "Twiza: Salma vous envoie un colis de Coopérative Nahlat. Il est en route (LD1MA). A payer à la livraison: 160 DH."
    ]
    assert len(texts_to(group.buyer_phone)) == 3


def test_what_is_paid_already_is_told_without_a_price(market):
    group = gift(market)
    OrderGroup.objects.filter(pk=group.pk).update(pay_with="paid_before")
    sent(market, group)

    assert texts_to(LALLA.phone) == ["Twiza: Salma vous envoie un colis de Coopérative Nahlat. Il est en route (LD1MA)."]


def test_an_order_for_oneself_tells_nobody_else(market):
    cart = market.basket(market.honey)
    keep_recipient(cart, LALLA)
    keep_it_oneself(cart)
    cart = Cart.objects.get(pk=cart.pk)
    group = place_order(cart, expected_total_centimes=basket_of(cart).total_centimes)
    sent(market, group)

    assert (group.is_for_another, group.receiver_name, group.receiver_phone) == (False, "Salma", "+212683005001")
    assert texts_to(LALLA.phone) == []


def test_it_is_said_before_ordering_and_of_somebody_who_can_be_called(market):
    group = gift(market)
    with pytest.raises(BasketOrdered):
        keep_recipient(group.cart, Recipient("Karim", "+212683009001"))
    with pytest.raises(IntegrityError, match="order_group_recipient_can_be_called"), transaction.atomic():
        OrderGroup.objects.update(recipient_phone="")

    group.refresh_from_db()
    assert (group.receiver_name, group.gift_message) == (LALLA.name, LALLA.message)


def test_the_way_through_the_screens(market, client):
    client.post("/fr/cart/add/", {"variant": market.honey.pk, "quantity": 1})
    wrong = client.post("/fr/checkout/for/", {"name": "Lalla Zohra", "phone": "12", "message": "عيد"})
    assert wrong.status_code == 400
    assert "Lalla Zohra" in wrong.content.decode()
    given = {"name": "Lalla Zohra", "phone": "٠٦٨٣٠٠٧٠٠٧", "message": "عيد مبارك\r\nسعيد"}
    assert client.post("/fr/checkout/for/", given).headers["Location"] == "/fr/checkout/"
    address = {"name": "Leïla", "phone": "06 83 00 50 02", "place": "Casablanca", "landmark": "Maârif", "note": ""}
    client.post("/fr/checkout/", address)

    page = client.get("/fr/checkout/confirm/").content.decode()
    assert "06 83 00 70 07" in page
    assert "عيد مبارك سعيد" in page
    assert "Lalla Zohra paie à l’arrivée du colis" in page
    client.post("/fr/checkout/confirm/", {"order": "1", "expected_total": "16000"})

    group = OrderGroup.objects.get()
    assert (group.buyer_phone, group.recipient_phone) == ("+212683005002", LALLA.phone)
    order_page = client.get(f"/fr/orders/{group.token}/").content.decode()
    assert "Lalla Zohra" in order_page
    assert "06 83 00 70 07" not in order_page


@pytest.mark.parametrize(("pay_with", "shows_price"), [("cash_on_delivery", True), ("paid_before", False)])
def test_the_slip_names_who_receives_it_and_no_price_of_what_is_paid(market, client, pay_with, shows_price):
    group = gift(market)
    order = group.orders.get()
    accept_order(order, by=market.mina)
    OrderGroup.objects.filter(pk=group.pk).update(pay_with=pay_with)
    client.force_login(market.mina)

    page = client.get(f"/fr/workspace/{market.honey_cooperative.slug}/orders/{order.number}/sheet/").content.decode()

    assert "Lalla Zohra" in page
    assert LALLA.message in page
    assert "06 83 00 70 07" in page
    assert "06 83 00 50 01" not in page
    assert ("DH" in page) == shows_price
