"""A cooperative says how many it has, from its order's screen."""

from __future__ import annotations

import pytest

from twiza.domain.orders.models import Order, PartialOffer


@pytest.fixture
def order(market) -> Order:
    return market.order(market.honey, quantity=3).orders.get()


def here(market, order: Order) -> str:
    return f"/fr/workspace/{market.honey_cooperative.slug}/orders/{order.number}/"


def test_it_says_how_many_and_reads_that_the_buyer_is_asked(market, order, signed_in):
    mina = signed_in(market.mina)
    assert f'href="{here(market, order)}part/"' in mina.get(here(market, order)).content.decode()
    line = order.lines.get()
    form = mina.get(f"{here(market, order)}part/").content.decode()
    assert f'name="line-{line.pk}" value="3"' in form

    page = mina.post(f"{here(market, order)}part/", {f"line-{line.pk}": "2"}, follow=True).content.decode()

    assert "nous demandons à l&#x27;acheteur" in page
    assert "Miel de thym 500 g\xa0: 2 sur 3" in page
    assert f"{here(market, order)}accept/" in page
    assert order.group.buyer_phone[-4:] not in page
    assert "L&#x27;acheteur doit choisir" in mina.get(here(market, order)[: -len(order.number) - 1]).content.decode()
    head = mina.get(here(market, order)).content.decode().partition('<h1 class="work-title">')[2].partition("</div>")[0]
    assert "L'acheteur doit choisir</span>" in head
    assert "Livrée" not in head
    again = mina.post(f"{here(market, order)}part/", {f"line-{line.pk}": "1"}).content.decode()
    assert "déjà répondu (en attente de l&#x27;acheteur)" in again


@pytest.mark.parametrize(
    ("typed", "told"), [("3", "vous pouvez tout envoyer"), ("0", "rien ne partirait"), ("4", "de 0 à 3"), ("", "de 0 à 3")]
)
def test_a_number_that_cannot_be_is_asked_again(market, order, signed_in, typed, told):
    answer = signed_in(market.mina).post(f"{here(market, order)}part/", {f"line-{order.lines.get().pk}": typed})

    assert answer.status_code == 200
    assert told in answer.content.decode()
    assert not PartialOffer.objects.exists()
