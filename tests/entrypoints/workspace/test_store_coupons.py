"""Youssef offers a coupon in his storefront; Mina reads what she would bear, and says yes."""

from __future__ import annotations

from twiza.domain.orders.models import Coupon

ASKED = {"code": "souk 10", "off": "10 %", "cooperative_percent": "30", "is_once": "on"}


def test_a_coupon_is_offered_by_an_operator_agreed_to_and_ended(market, signed_in):
    youssef, mina = signed_in(market.youssef), signed_in(market.mina)
    screen = f"/fr/workspace/stores/{market.souk.slug}/coupons/"
    assert "Choisissez la coopérative à qui vous le demandez" in youssef.post(screen, ASKED).content.decode()
    assert not Coupon.objects.exists()

    asked = youssef.post(screen, ASKED | {"cooperative": str(market.honey_cooperative.pk)}, follow=True).content.decode()
    coupon = Coupon.objects.get()
    assert "Attend le oui de la coopérative" in asked
    assert "Coopérative Nahlat paie" in asked
    assert 'class="bearers-own" width="30"' in asked

    home = f"/fr/workspace/{market.honey_cooperative.slug}/"
    assert "1 bon attend votre oui." in mina.get(home).content.decode()
    said = mina.get(f"{home}coupons/").content.decode()
    assert "Souk Khouribga paie" in said
    mina.post(f"{home}coupons/{coupon.pk}/agree/")
    assert "attend votre oui" not in mina.get(home).content.decode()

    assert youssef.post(f"{screen}stop/", {"code": "AUTRE"}).status_code == 404
    youssef.post(f"{screen}stop/", {"code": "SOUK10"})
    coupon.refresh_from_db()
    assert coupon.agreed_at is not None
    assert coupon.stopped_at is not None
