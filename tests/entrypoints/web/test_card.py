"""From the basket to the bank and back by forms alone, as a browser without scripts goes."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.utils.html import escape

from tests.jobs import run_jobs
from twiza.demo import bank
from twiza.domain.orders.models import Cart, OrderGroup
from twiza.domain.orders.services import look_after_unpaid
from twiza.domain.payments.models import PaymentAttempt

ADDRESS = {"name": "Salma", "phone": "06 83 00 50 01", "place": "Casablanca", "landmark": "Maârif", "note": ""}


@pytest.fixture(autouse=True)
def demonstration(settings, monkeypatch, client):
    """The bank of the demonstration; its server's posts arrive in the test's own transaction."""
    settings.PAYMENT_PROVIDERS = ["cash_on_delivery", "cmi"]
    for place in ("twiza.adapters.payments.cmi", "twiza.demo.bank"):
        monkeypatch.setattr(f"{place}.forbid_inside_transaction", lambda: None)

    def tell_shop(url: str, said: dict[str, str]) -> str:
        assert url == f"{settings.SITE_URL}/webhooks/payments/cmi/notice"
        return client.post(url.removeprefix(settings.SITE_URL), said).content.decode()

    monkeypatch.setattr(bank, "tell_shop", tell_shop)


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of the last form of the page, as a browser reads them."""
    form = page[page.index('action="http' if 'action="http' in page else 'action="/demo-bank') :]
    return {unescape(name): unescape(value) for name, value in re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', form)}


def ordered_by_card(market, client) -> tuple[OrderGroup, dict[str, str]]:
    client.post("/fr/cart/add/", {"variant": market.honey.pk, "quantity": 1})
    client.post("/fr/checkout/", ADDRESS)
    assert "160" in client.get("/fr/checkout/confirm/").content.decode()
    client.post("/fr/checkout/confirm/", {"update": "1", "pay_with": "cmi"})
    page = client.get("/fr/checkout/confirm/").content.decode()
    assert ('value="15500"' in page, "Commander et payer par carte" in page) == (True, True)
    to_bank = client.post("/fr/checkout/confirm/", {"order": "1", "expected_total": "15500", "pay_with": "cmi"})
    assert to_bank.status_code == 200
    return OrderGroup.objects.get(), hidden(to_bank.content.decode())


def paid_with(client, fields: dict[str, str], card: str) -> str:
    page = client.post("/demo-bank/fim/est3Dgate", fields).content.decode()
    if "<form" not in page:
        return unescape(page)
    return client.post("/demo-bank/fim/answer", {**hidden(page), "card": card}).content.decode()


def page_of(client, group: OrderGroup) -> str:
    return client.get(f"/fr/orders/{group.token}/").content.decode()


def test_a_card_that_is_accepted_pays_the_order(market, client):
    group, fields = ordered_by_card(market, client)
    assert (fields["amount"], fields["okUrl"]) == ("155.00", f"http://testserver/fr/orders/{group.token}/back/")
    assert "Payer 155" in page_of(client, group)

    said = paid_with(client, fields, bank.ACCEPTED)
    assert ("ACTION=POSTAUTH" in said, fields["okUrl"] in said) == (True, True)
    assert (
        client.post(f"/fr/orders/{group.token}/back/", {"ProcReturnCode": "00"}).headers["Location"].endswith(f"{group.token}/")
    )
    assert "C’est payé" in page_of(client, group)
    run_jobs()
    group.refresh_from_db()
    assert group.status == "placed"


def test_a_card_that_is_refused_or_given_up_leaves_another_try(market, client):
    group, fields = ordered_by_card(market, client)
    assert "APPROVED" in paid_with(client, fields, bank.REFUSED)
    assert "La banque n’a pas accepté la carte" in page_of(client, group)

    again = client.post(f"/fr/orders/{group.token}/pay/").content.decode()
    assert hidden(again)["oid"] != fields["oid"]
    assert "ne payez pas deux fois" in page_of(client, group)
    assert paid_with(client, {**hidden(again), "amount": "1.00"}, bank.ACCEPTED).count("n’a pas signé") == 1
    assert "ACTION=POSTAUTH" in paid_with(client, hidden(again), bank.ACCEPTED)


def test_what_the_browser_brings_back_pays_nothing(market, client):
    group, fields = ordered_by_card(market, client)
    for said in ({}, {"ProcReturnCode": "00", "oid": fields["oid"], "Response": "Approved"}):
        client.post(f"/fr/orders/{group.token}/back/", said)
    run_jobs()
    group.refresh_from_db()
    assert (group.status, PaymentAttempt.objects.get().state) == ("unpaid", "begun")


def test_cash_instead_puts_all_of_it_in_the_basket_again_with_its_own_total(market, client):
    group, fields = ordered_by_card(market, client)
    answer = client.post(f"/fr/orders/{group.token}/pay/cash/")
    assert answer.headers["Location"] == "/fr/checkout/confirm/"
    page = client.get("/fr/checkout/confirm/").content.decode()
    assert ('value="16000"' in page, "Maârif" in page, escape("Salma") in page) == (True, True, True)
    client.post("/fr/checkout/confirm/", {"order": "1", "expected_total": "16000", "pay_with": "cash_on_delivery"})

    assert list(OrderGroup.objects.order_by("pk").values_list("status", flat=True)) == ["cancelled", "placed"]
    assert "APPROVED" in paid_with(client, fields, bank.ACCEPTED)  # a tab that was left open: nothing is taken
    assert "Payé trop tard ou deux fois" in page_of(client, group)
    assert client.post(f"/fr/orders/{group.token}/pay/cash/").headers["Location"].endswith(f"/orders/{group.token}/")
    assert client.post(f"/fr/orders/{group.token}/pay/").headers["Location"].endswith(f"/orders/{group.token}/")
    assert Cart.objects.filter(completed_at=None).count() == 1


def test_two_clicks_on_order_are_one_order(market, client):
    group, fields = ordered_by_card(market, client)
    second = client.post("/fr/checkout/confirm/", {"order": "1", "expected_total": "15500", "pay_with": "cmi"})

    assert OrderGroup.objects.get() == group
    assert hidden(second.content.decode())["oid"] != fields["oid"]
    OrderGroup.objects.update(pay_before=group.placed_at)
    assert look_after_unpaid() == 1
    assert "Non payée" in page_of(client, group)


def test_outside_a_demonstration_there_is_no_such_bank(client, settings):
    settings.PAYMENT_PROVIDERS = ["cash_on_delivery"]
    assert client.post("/demo-bank/fim/est3Dgate", {}).status_code == 404
    settings.PAYMENT_PROVIDERS, settings.DEMO = ["cmi"], False
    assert client.post("/demo-bank/fim/answer", {}).status_code == 404
