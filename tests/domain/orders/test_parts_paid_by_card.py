"""A cooperative has only a part of what was paid by card: what is not sent goes back on the card, to the centime."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.bank import bank_says
from tests.domain.orders.test_card_orders import attempt_of, paid, shop, texts_to  # noqa: F401
from tests.jobs import run_jobs
from twiza.domain.inventory.services import receive_stock
from twiza.domain.orders.models import Cart, OrderGroup
from twiza.domain.orders.selectors import basket_of, earnings_of, refunds_to_give
from twiza.domain.orders.services import (
    choose_payment,
    hand_over_order,
    leave_part,
    offer_part,
    place_order,
    record_delivery,
    take_part,
)
from twiza.domain.payments.errors import PaidAlready
from twiza.domain.payments.models import Allocation, Payment, Refund
from twiza.domain.payments.services import cancel_part, shrink_paid_part


def three_jars(market, client, quantity: int = 3) -> OrderGroup:
    cart = market.basket(market.honey, quantity=quantity)
    choose_payment(cart, "cmi")
    cart = Cart.objects.get(pk=cart.pk)
    group = place_order(cart, expected_total_centimes=basket_of(cart).total_centimes)
    bank_says(client, attempt_of(group))
    run_jobs()
    group.refresh_from_db()
    return group


def owed_back(part: str) -> int:
    return sum(Refund.objects.filter(allocation__reference=part).values_list("amount_centimes", flat=True))


def asked(market, group: OrderGroup, sends: int = 2):
    order = group.orders.get()
    return offer_part(order, {order.lines.get().pk: sends}, by=market.mina)


def test_what_is_not_sent_goes_back_on_the_card_once_the_buyer_agrees(market, client):
    group = three_jars(market, client)
    offer = asked(market, group)
    run_jobs()
    assert not Refund.objects.exists()
    back = group.total_centimes - offer.total_centimes
    assert f"{back // 100} DH rendus par la banque" in texts_to(group.buyer_phone)[-1]
    assert "rien à payer" not in texts_to(group.buyer_phone)[-1]

    order = take_part(offer)
    (row,) = refunds_to_give()
    assert (row.refund.owed_for, row.refund.amount_centimes) == ("partial", back)
    assert order.total_centimes + back == Allocation.objects.get().captured_centimes
    assert Payment.objects.get().state == "captured"

    record_delivery(hand_over_order(order, by=market.mina), by=market.mina)
    assert earnings_of(market.honey_cooperative).received_centimes == offer.total_centimes


@pytest.mark.parametrize("word", ["OUI", "NON"])
def test_the_page_says_who_gives_it_back(market, client, word):
    group = three_jars(market, client)
    asked(market, group)
    order = group.orders.get()
    here = f"/fr/orders/{group.token}/"
    page = client.get(here).content.decode()
    assert ("La différence vous est rendue par la banque." in page, "vous ne la payez pas" in page) == (True, False)

    said = client.post(f"{here}{order.cooperative.slug}/part/", {"answer": "yes" if word == "OUI" else "no"}, follow=True)

    words = "Quelque chose qui n" if word == "OUI" else "Son argent vous est rendu par la banque."
    assert words in said.content.decode()


def test_left_all_of_it_goes_back(market, client):
    group = three_jars(market, client)
    leave_part(asked(market, group))

    assert [refund.amount_centimes for refund in Refund.objects.all()] == [group.total_centimes]
    assert earnings_of(market.honey_cooperative).received_centimes == 0


def test_what_was_paid_does_not_grow(market, client):
    group = paid(market, client, market.honey)
    with pytest.raises(PaidAlready):
        shrink_paid_part(f"order:{group.orders.get().pk}", group.total_centimes + 1)
    assert not Refund.objects.exists()


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(quantity=st.integers(2, 6), cut=st.integers(1, 5), yes=st.booleans())
def test_what_is_kept_and_what_goes_back_make_what_was_paid(market, client, quantity, cut, yes):
    receive_stock(market.honey.pk, quantity, by=None)
    group = three_jars(market, client, quantity)
    order = (take_part if yes else leave_part)(asked(market, group, max(quantity - cut, 1)))
    part = f"order:{order.pk}"
    group.refresh_from_db()
    assert group.due_centimes + owed_back(part) == Allocation.objects.get(reference=part).captured_centimes

    cancel_part(part)

    assert owed_back(part) == Allocation.objects.get(reference=part).captured_centimes
