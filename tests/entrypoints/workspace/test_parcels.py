"""What a cooperative, an operator and a buyer see of a parcel that does not arrive."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from twiza.domain.inventory.models import StockLevel
from twiza.domain.orders.models import Fulfilment, Order
from twiza.domain.orders.selectors import basket_of
from twiza.domain.orders.services import accept_order, hand_over_order, place_order, put_in_cart, record_refusal
from twiza.kit import clock


@pytest.fixture
def sent(market) -> Order:
    order = market.order(market.saffron, quantity=3).orders.get()
    return hand_over_order(accept_order(order, by=market.fatima), by=market.fatima)


def at(market, order, path: str = "") -> str:
    return f"/fr/workspace/{market.saffron_cooperative.slug}/orders/{order.number}/{path}"


def read(client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def test_fatima_says_what_happened_and_that_it_is_back_and_salma_reads_it(market, signed_in, sent):
    fatima, salma = signed_in(market.fatima), Client()
    hers = salma_page(sent)

    assert at(market, sent, "not-delivered/") in read(fatima, at(market, sent))
    fatima.post(at(market, sent, "not-delivered/"), {"what": "nobody_home", "on": clock.today().isoformat()})
    assert "personne n’était à la maison" in read(fatima, at(market, sent))
    assert "le transporteur repasse" in read(salma, hers)

    fatima.post(at(market, sent, "not-delivered/"), {"what": "not_wanted"})
    assert at(market, sent, "back/") in read(fatima, at(market, sent))
    assert at(market, sent, "back/") in read(fatima, f"/fr/workspace/{market.saffron_cooperative.slug}/orders/")
    bought = read(salma, hers)
    assert "Vous ne payez rien pour cette part." in bought
    assert "retourne à la coopérative" in bought

    line = sent.lines.get()
    fatima.post(at(market, sent, "back/"), {f"line-{line.pk}": "2", "reason": "opened"})
    assert "De retour à la coopérative" in read(salma, hers)
    assert StockLevel.objects.get(variant=market.saffron).on_hand == 39
    assert f"{sent.number}" in read(fatima, f"/fr/workspace/{market.saffron_cooperative.slug}/orders/closed/")


def salma_page(order: Order) -> str:
    from django.urls import reverse
    from django.utils.translation import override

    with override("fr"):
        return reverse("web:order", args=[order.group.token])


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("not-delivered/", {}),
        ("not-delivered/", {"what": "eaten"}),
        ("not-delivered/", {"what": "nobody_home", "on": "soon"}),
        ("back/", {"reason": "opened"}),
        ("back/", {"line": "4"}),
        ("back/", {"line": "2"}),
    ],
)
def test_what_cannot_be_is_asked_again_and_nothing_happens(market, signed_in, sent, path, typed):
    if path == "back/":
        record_refusal(sent, reason="no_money", by=market.fatima)
    before = Fulfilment.objects.get().status
    fields = {f"line-{sent.lines.get().pk}" if name == "line" else name: value for name, value in typed.items()}

    answer = signed_in(market.fatima).post(at(market, sent, path), fields)

    assert (answer.status_code, Fulfilment.objects.get().status) == (200, before)
    assert "field-error" in answer.content.decode() or "alert" in answer.content.decode()


def test_an_operator_reads_the_oldest_parcel_that_comes_back_first(market, signed_in):
    orders = [chosen_in_the_souk(market) for _each in range(2)]
    Fulfilment.objects.filter(order=orders[1]).update(refused_at=clock.now() - timedelta(days=12))

    page = read(signed_in(market.youssef), "/fr/workspace/stores/souk-khouribga/parcels/")

    assert page.index(f">{orders[1].number}<") < page.index(f">{orders[0].number}<")
    assert page.count('class="is-late"') == 1
    assert signed_in(market.karim).get("/fr/workspace/stores/souk-khouribga/parcels/").status_code == 404


def chosen_in_the_souk(market) -> Order:
    cart = market.basket(market.saffron)
    cart.lines.all().delete()
    put_in_cart(cart, market.honey.pk, 1, market.souk)
    order = place_order(cart, expected_total_centimes=basket_of(cart).total_centimes).orders.get()
    return record_refusal(hand_over_order(accept_order(order, by=market.mina), by=market.mina), reason="too_late", by=market.mina)
