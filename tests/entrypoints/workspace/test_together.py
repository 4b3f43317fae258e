"""Neighbours agree on a point on their screens; Salma fetches all of it at once, with one button."""

from __future__ import annotations

from django.test import Client

from twiza.domain.delivery.models import HandOver, PickupPoint
from twiza.domain.orders.models import Fulfilment
from twiza.domain.orders.selectors import basket_of

POINT = {"name_fr": "Atelier", "name_ar": "", "kind": "workshop", "place": "Taliouine", "takes_others": "on"}


def test_two_neighbours_agree_and_salma_comes_once(market, signed_in):
    fatima, hajja = signed_in(market.fatima), signed_in(market.hajja)
    fatima.post(f"/fr/workspace/{market.saffron_cooperative.slug}/sending/points/new/", POINT)
    point = PickupPoint.objects.get()
    sending = f"/fr/workspace/{market.argan_cooperative.slug}/sending/"
    assert "Nous y déposons les nôtres" in hajja.get(sending).content.decode()
    hajja.post(f"{sending}points/{point.pk}/hand-over/")
    assert "nous y déposons nos colis" in hajja.get(sending).content.decode()

    cart = market.basket(market.saffron, market.argan)
    salma = Client()
    salma.cookies["basket"] = cart.token
    confirm = "/fr/checkout/confirm/"
    assert "Vous venez une fois et retirez 2 colis." in salma.get(confirm).content.decode()
    apart = {f"delivery-{package.cooperative.pk}": "tariff_table" for package in basket_of(cart).packages}
    assert salma.post(confirm, {**apart, "together": f"together:{point.pk}"}).status_code == 302
    assert "Vous les retirez ensemble." in salma.get(confirm).content.decode()

    read = basket_of(cart)
    salma.post(confirm, {"expected_total": read.total_centimes, "expected_promises": read.promises, "order": "1"})
    assert Fulfilment.objects.filter(together_at=point).count() == 2

    hajja.post(f"{sending}points/{point.pk}/hand-over/", {"stop": "1"})
    assert not HandOver.objects.exists()
