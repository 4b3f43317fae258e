"""Salma chooses one parcel from two neighbours; each reads where to bring its part, and the keeper sends it on."""

from __future__ import annotations

from django.test import Client

from twiza.domain.delivery.models import PickupPoint
from twiza.domain.delivery.services import hand_over_at
from twiza.domain.orders.models import Fulfilment, OrderGroup
from twiza.domain.orders.selectors import basket_of
from twiza.domain.orders.services import accept_order, mark_order_ready

POINT = {"name_fr": "Atelier", "name_ar": "", "kind": "workshop", "place": "Taliouine", "sends_on": "on"}


def test_one_parcel_from_basket_to_its_way(market, signed_in):
    fatima, hajja, salma = signed_in(market.fatima), signed_in(market.hajja), Client()
    fatimas, hajjas = (f"/fr/workspace/{one.slug}/" for one in (market.saffron_cooperative, market.argan_cooperative))
    refused = fatima.post(f"{fatimas}sending/points/new/", POINT).content.decode()
    assert "permettez-leur d&#x27;abord de l&#x27;apporter" in refused
    fatima.post(f"{fatimas}sending/points/new/", {**POINT, "takes_others": "on"})
    point = PickupPoint.objects.get()
    hand_over_at(market.argan_cooperative, point, by=market.hajja)

    cart = market.basket(market.saffron, market.argan)
    salma.cookies["basket"] = cart.token
    confirm = "/fr/checkout/confirm/"
    assert "Envoyez-moi un seul colis" in salma.get(confirm).content.decode()
    salma.post(confirm, {"together": f"joined:{point.pk}:tariff_table"})
    assert "Tout vient dans un seul colis." in salma.get(confirm).content.decode()
    read = basket_of(cart)
    salma.post(confirm, {"expected_total": read.total_centimes, "expected_promises": read.promises, "order": "1"})

    group = OrderGroup.objects.get()
    assert "dans un seul colis avec les autres" in salma.get(f"/fr/orders/{group.token}/").content.decode()
    order = group.orders.get(cooperative=market.argan_cooperative)
    accept_order(order, by=market.hajja)
    mark_order_ready(order, by=market.hajja)
    for page in ("packing/", f"{order.number}/"):
        said = hajja.get(f"{hajjas}orders/{page}").content.decode()
        assert "Apportez-le à Atelier (Coopérative Zafrane Taliouine), Taliouine, au plus tard le" in said
        assert f"<bdi>G{group.number}</bdi>" in said

    here = f"{fatimas}sending/points/{point.pk}/"
    assert "Salma" in fatima.get(here).content.decode()
    fatima.post(f"{here}send-on/", {"number": group.number, "tracking": "AM1"})
    assert set(Fulfilment.objects.values_list("status", "tracking")) == {("handed_over", "AM1"), ("pending", "")}
    assert "Salma" not in fatima.get(here).content.decode()
