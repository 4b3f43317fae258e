"""Leïla in Lyon gives: paid by card, received by Lalla Zohra without a price and without being asked for money."""

from __future__ import annotations

import pytest
from django.core import mail

from tests.bank import SHOP, bank_says
from tests.jobs import run_jobs
from twiza.domain.orders.errors import CardOnly
from twiza.domain.orders.models import Cart, OrderGroup
from twiza.domain.orders.selectors import basket_of, may_pay_at_the_door
from twiza.domain.orders.services import (
    Address,
    Recipient,
    accept_order,
    choose_payment,
    decline_order,
    hand_over_order,
    keep_address,
    keep_recipient,
    pay_at_the_door_instead,
    place_order,
    start_cart,
)
from twiza.domain.payments.errors import ProviderNotOffered
from twiza.domain.payments.models import Payment, PaymentAttempt, Refund
from twiza.domain.payments.services import begin_payment
from twiza.foundation.messaging.models import Message

LALLA = Recipient("Lalla Zohra", "+212683007007", "عيد مبارك سعيد يا ماما", "FR")
BY_MAIL, BY_PHONE = ("", "leila@example.org"), ("+33612345678", "")


@pytest.fixture(autouse=True)
def shop(settings, monkeypatch):
    monkeypatch.setattr("twiza.adapters.payments.cmi.forbid_inside_transaction", lambda: None)
    for name, value in SHOP.items():
        setattr(settings, name, value)


def texts_to(phone: str) -> list[str]:
    return list(Message.objects.filter(to=phone).order_by("pk").values_list("text", flat=True))


def gift_basket(market, reached: tuple[str, str] = BY_MAIL) -> Cart:
    cart = market.basket(market.honey, market.argan)
    keep_recipient(cart, LALLA)
    phone, email = reached
    keep_address(cart, Address("Leïla", phone, cart.commune, cart.landmark, email=email))
    return Cart.objects.get(pk=cart.pk)


def ordered(market, reached: tuple[str, str] = BY_MAIL) -> OrderGroup:
    cart = gift_basket(market, reached)
    choose_payment(cart, "cmi")
    return place_order(cart, expected_total_centimes=basket_of(cart).total_centimes)


def paid(market, client, reached: tuple[str, str] = BY_MAIL) -> OrderGroup:
    group = ordered(market, reached)
    begin_payment(group.payment_reference, language="fr")
    assert bank_says(client, PaymentAttempt.objects.get()) == "ACTION=POSTAUTH"
    run_jobs()
    return OrderGroup.objects.get()


@pytest.mark.parametrize("reached", [BY_MAIL, BY_PHONE])
def test_only_a_card_is_offered_and_cash_is_refused_wherever_it_is_asked(market, reached):
    cart = gift_basket(market, reached)
    basket = basket_of(cart)
    assert (basket.payments, basket.pay_with) == (("cmi",), "cmi")
    with pytest.raises(CardOnly):
        place_order(cart, expected_total_centimes=basket.total_centimes)
    assert not OrderGroup.objects.exists()

    group = ordered(market, reached)
    assert (group.is_gift_from_abroad, may_pay_at_the_door(group)) == (True, False)
    with pytest.raises(ProviderNotOffered):
        pay_at_the_door_instead(group, start_cart(language="fr"))
    assert OrderGroup.objects.get().status == "unpaid"


def test_the_giver_is_written_to_by_mail_with_her_page_and_the_receiver_reads_no_price(market, client):
    group = paid(market, client)
    (first,) = mail.outbox
    assert (first.to, first.subject) == (["leila@example.org"], f"Twiza · Commande {group.number}")
    assert f"/fr/orders/{group.token}/" in first.body

    honey = group.orders.get(cooperative=market.honey_cooperative)
    accept_order(honey, by=market.mina)
    hand_over_order(honey, by=market.mina, tracking="LD1MA")
    run_jobs()
    assert texts_to(LALLA.phone) == ["Twiza: Leila vous envoie un colis de Coopérative Nahlat. Il est en route (LD1MA)."]
    assert [sent.to for sent in mail.outbox] == [["leila@example.org"]] * 3
    assert "déjà payé" in mail.outbox[-1].body
    client.force_login(market.mina)
    sheet = client.get(f"/fr/workspace/{market.honey_cooperative.slug}/orders/{honey.number}/sheet/").content.decode()
    assert ("DH" in sheet, LALLA.message in sheet, "Lalla Zohra" in sheet) == (False, True, True)
    run_jobs()
    assert len(mail.outbox) == 3


def test_what_a_cooperative_cannot_send_goes_back_to_the_giver_to_the_centime(market, client):
    group = paid(market, client, BY_PHONE)
    argan = group.orders.get(cooperative=market.argan_cooperative)
    decline_order(argan, by=market.hajja)
    run_jobs()

    assert Refund.objects.get().amount_centimes == argan.total_centimes
    assert Payment.objects.get().amount_centimes == group.total_centimes
    assert "vous sont rendus par la banque" in texts_to("+33612345678")[-1]
    assert texts_to(LALLA.phone) == []
    page = client.get(f"/fr/orders/{group.token}/").content.decode()
    assert ("Ce qui vous est rendu" in page, LALLA.message in page) == (True, True)


def test_the_way_through_the_screens(market, client):
    client.post("/fr/cart/add/", {"variant": market.honey.pk, "quantity": 1})
    receiver = {"name": "Lalla Zohra", "phone": "+33 6 12 34 56 78", "message": "عيد مبارك", "country": "FR"}
    assert "numéro marocain" in client.post("/fr/checkout/for/", receiver).content.decode()
    client.post("/fr/checkout/for/", {**receiver, "phone": "06 83 00 70 07"})
    address = {"name": "Leïla", "phone": "", "email": "", "place": "Casablanca", "landmark": "Maârif", "note": ""}
    assert "où en est votre cadeau" in client.post("/fr/checkout/", address).content.decode()
    client.post("/fr/checkout/", {**address, "email": "leila@example.org"})

    page = client.get("/fr/checkout/confirm/").content.decode()
    assert ("Commander et payer par carte" in page, "paie à l’arrivée" in page, "En espèces" in page) == (True, False, False)
    client.post("/fr/checkout/confirm/", {"order": "1", "expected_total": "15500", "pay_with": "cmi"})
    group = OrderGroup.objects.get()
    assert (group.buyer_phone, group.buyer_email, group.buyer_country) == ("", "leila@example.org", "FR")
    assert group.status == "unpaid"


def test_where_no_card_is_taken_it_is_said_and_nothing_can_be_ordered(market, client, settings):
    settings.PAYMENT_PROVIDERS = ["cash_on_delivery"]
    cart = gift_basket(market)
    client.cookies["basket"] = cart.token
    page = client.get("/fr/checkout/confirm/").content.decode()
    assert ("se paie par carte" in page, 'name="order"' in page) == (True, False)
