"""A cooperative offers a coupon on one screen; a buyer uses it in the basket, in any digits and letters."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.entrypoints.web.test_order_story import put_in, seen_total, to_the_summary
from twiza.domain.orders.models import Coupon, Order
from twiza.domain.orders.services import CouponTerms, offer_coupon

ASKED = {"code": "miel 10", "off": "10 %", "least": "", "valid_from": "", "valid_until": "", "most_uses": "5", "is_once": "on"}


@pytest.fixture
def screen(market, client) -> str:
    client.force_login(market.mina)
    return f"/fr/workspace/{market.honey_cooperative.slug}/coupons/"


def test_a_coupon_is_offered_used_and_ended(market, client, screen):
    assert client.post(screen, ASKED).status_code == 302
    coupon = Coupon.objects.get()
    assert (coupon.code, coupon.percent_off, coupon.most_uses, coupon.most_uses_per_phone) == ("MIEL10", 10, 5, 1)

    salma = Client()
    put_in(salma, market.honey)
    page = salma.post("/fr/cart/change/", {"coupon": "miel١٠"}, follow=True).content.decode()
    assert "MIEL10" in page
    total = seen_total(to_the_summary(salma))
    assert total == str(16000 - 1200)
    salma.post("/fr/checkout/confirm/", {"order": "1", "expected_total": total})

    order = Order.objects.get()
    work = client.get(f"/fr/workspace/{market.honey_cooperative.slug}/orders/{order.number}/").content.decode()
    assert "dont 12 DH à votre charge" in work.replace("\u00a0", " ")
    assert "1 commande / 5" in client.get(screen).content.decode()
    client.post(f"{screen}{coupon.pk}/stop/")
    coupon.refresh_from_db()
    assert coupon.stopped_at is not None


@pytest.mark.parametrize(
    ("field", "typed"),
    [("off", "beaucoup"), ("off", "0"), ("off", "101 %"), ("off", "-5"), ("valid_until", "2020-01-01"), ("code", "x")],
)
def test_what_nobody_can_read_is_said_and_offers_nothing(market, client, screen, field, typed):
    page = client.post(screen, ASKED | {field: typed}).content.decode()

    assert 'value="5"' in page
    assert not Coupon.objects.exists()


def test_an_unknown_coupon_keeps_the_basket_and_says_so(market, client):
    put_in(client, market.honey)

    page = client.post("/fr/cart/change/", {"coupon": "NULLE", "checkout": "1"}, follow=True).content.decode()

    assert "Nous ne connaissons pas le bon" in page
    assert "Miel de thym" in page


def test_a_shared_coupon_is_agreed_to_on_the_screen(market, client, screen):
    terms = CouponTerms(percent_off=20)
    coupon = offer_coupon("ENSEMBLE", terms, by=None, cooperative=market.honey_cooperative, cooperative_percent=50)
    assert "Attend votre accord" in client.get(screen).content.decode()

    client.post(f"{screen}{coupon.pk}/agree/")

    coupon.refresh_from_db()
    assert coupon.agreed_at is not None
