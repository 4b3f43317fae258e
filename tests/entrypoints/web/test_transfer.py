"""A transfer is chosen at the checkout, and the order's page says what to copy into the bank's form."""

from __future__ import annotations

import pytest

from tests.bank_account import ACCOUNT
from tests.entrypoints.web.test_card import ADDRESS
from twiza.domain.orders.models import OrderGroup
from twiza.domain.payments.selectors import transfer_slip_for


@pytest.fixture(autouse=True)
def account(settings):
    for name, value in ACCOUNT.items():
        setattr(settings, name, value)


def ordered(market, client) -> str:
    """The page that the order leads to."""
    client.post("/fr/cart/add/", {"variant": market.honey.pk, "quantity": 1})
    client.post("/fr/checkout/", ADDRESS)
    client.post("/fr/checkout/confirm/", {"update": "1", "pay_with": "bank_transfer"})
    page = client.get("/fr/checkout/confirm/").content.decode()
    assert ("Commander et payer par virement" in page, "dans les 5 jours" in page) == (True, True)
    order = {"order": "1", "expected_total": "15500", "pay_with": "bank_transfer"}
    return client.post("/fr/checkout/confirm/", order, follow=True).content.decode()


def test_the_page_shows_amount_account_words_and_the_last_day(market, client):
    page = ordered(market, client)
    group = OrderGroup.objects.get()

    for words in (transfer_slip_for(group.payment_reference).reference, "230 780 2026112300000017 58", "Twiza SARL", "155"):
        assert words in page
    assert ("Votre virement est attendu" in page, "par carte" in page) == (True, False)
    arabic = client.get(f"/ar/orders/{group.token}/").content.decode()
    assert ("ننتظر تحويلكم" in arabic, '<bdi dir="ltr">230 780 2026112300000017 58</bdi>' in arabic) == (True, True)


def test_who_sent_nothing_may_still_pay_in_cash(market, client):
    ordered(market, client)
    answer = client.post(f"/fr/orders/{OrderGroup.objects.get().token}/pay/cash/")

    assert answer.headers["Location"] == "/fr/checkout/confirm/"
    assert OrderGroup.objects.get().status == "cancelled"


def test_without_an_account_nobody_is_offered_a_transfer(market, client, settings):
    settings.PAYMENT_PROVIDERS = ["cash_on_delivery"]
    client.post("/fr/cart/add/", {"variant": market.honey.pk, "quantity": 1})
    client.post("/fr/checkout/", ADDRESS)

    assert "virement" not in client.get("/fr/checkout/confirm/").content.decode()
