"""Paid by card: nobody is asked before the money is there, and every centime that is not needed goes back."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine

from tests.bank import SHOP, bank_says
from tests.jobs import run_jobs
from twiza.domain.catalogue.services import VariantDetails, add_variant
from twiza.domain.directory.services.entrusting import entrust_register
from twiza.domain.inventory.selectors import saleable_quantities, stock_faults
from twiza.domain.inventory.services import receive_stock
from twiza.domain.orders.errors import AlreadyAnswered
from twiza.domain.orders.models import Cart, OrderGroup
from twiza.domain.orders.selectors import (
    basket_of,
    group_waiting_for_confirmation_from,
    groups_from_storefront,
    order_of_cooperative,
    orders_of_cooperative,
    orders_waiting_for,
    refunds_to_give,
)
from twiza.domain.orders.services import (
    accept_order,
    choose_payment,
    decline_order,
    hand_over_order,
    look_after_unpaid,
    mark_order_ready,
    place_order,
    record_delivery,
    record_loss,
    remind_of_unpaid,
)
from twiza.domain.payments.errors import NotWaitingForMoney
from twiza.domain.payments.models import Allocation, Payment, PaymentAttempt, PaymentEvent, Refund
from twiza.domain.payments.services import begin_payment, record_card_refund
from twiza.foundation.messaging.models import Message
from twiza.kit import clock
from twiza.kit.errors import NotFound


@pytest.fixture(autouse=True)
def shop(settings, monkeypatch):
    monkeypatch.setattr("twiza.adapters.payments.cmi.forbid_inside_transaction", lambda: None)
    for name, value in SHOP.items():
        setattr(settings, name, value)


def by_card(market, *variants) -> OrderGroup:
    cart = market.basket(*variants)
    choose_payment(cart, "cmi")
    cart = Cart.objects.get(pk=cart.pk)
    return place_order(cart, expected_total_centimes=basket_of(cart).total_centimes)


def attempt_of(group: OrderGroup) -> PaymentAttempt:
    begin_payment(group.payment_reference, language="fr")
    return PaymentAttempt.objects.order_by("-pk")[0]


def paid(market, client, *variants) -> OrderGroup:
    group = by_card(market, *variants)
    assert bank_says(client, attempt_of(group)) == "ACTION=POSTAUTH"
    run_jobs()
    group.refresh_from_db()
    return group


def texts_to(phone: str) -> list[str]:
    return list(Message.objects.filter(to=phone).order_by("pk").values_list("text", flat=True))


def statuses(group: OrderGroup) -> tuple[str, set[str]]:
    group.refresh_from_db()
    return group.status, set(group.orders.values_list("status", flat=True))


def half_an_hour_later():
    return time_machine.travel(clock.now() + timedelta(minutes=31), tick=False)


def test_nobody_is_asked_before_it_is_paid_and_the_stock_is_kept(market):
    group = by_card(market, market.honey)
    run_jobs()
    order = group.orders.get()

    assert statuses(group) == ("unpaid", {"unpaid"})
    assert group.pay_before - group.placed_at < timedelta(minutes=31)
    assert saleable_quantities([market.honey.pk])[market.honey.pk] == 9
    assert not Message.objects.exists()
    assert orders_waiting_for(market.mina) == []
    assert orders_of_cooperative(market.honey_cooperative, is_open=True) == []
    assert orders_of_cooperative(market.honey_cooperative, is_open=False) == []
    assert groups_from_storefront(market.national) == []
    assert group_waiting_for_confirmation_from(group.buyer_phone) is None
    with pytest.raises(NotFound):
        order_of_cooperative(market.honey_cooperative, order.number)
    with pytest.raises(AlreadyAnswered):
        accept_order(order, by=market.mina)


@pytest.mark.parametrize("act", [mark_order_ready, hand_over_order, record_delivery, record_loss])
def test_nothing_that_nobody_has_paid_for_leaves(market, act):
    group = by_card(market, market.honey)

    with pytest.raises(NotFound):
        act(group.orders.get(), by=market.mina)
    assert statuses(group) == ("unpaid", {"unpaid"})
    assert group.orders.get().fulfilment.status == "pending"
    assert stock_faults()[1] == []
    assert saleable_quantities([market.honey.pk])[market.honey.pk] == 9


def test_paid_it_goes_its_way_and_nobody_collects_anything(market, client):
    group = paid(market, client, market.honey)
    order = group.orders.get()

    assert statuses(group) == ("placed", {"placed"})
    assert (group.confirmed_at is None, order.answer_before > group.placed_at) == (False, True)
    assert "155 DH mkhelsin" in texts_to(market.mina.phone)[0]
    assert texts_to(group.buyer_phone)[0].startswith(f"Twiza: la commande {group.number} est payée, 155 DH.")
    assert f"/fr/orders/{group.token}/" in texts_to(group.buyer_phone)[0]

    accept_order(order, by=market.mina)
    mark_order_ready(order, by=market.mina)
    hand_over_order(order, by=market.mina)
    record_delivery(order, by=market.mina)
    run_jobs()
    assert statuses(group) == ("done", {"closed"})
    assert not any("A payer" in text for text in texts_to(group.buyer_phone))
    assert list(PaymentEvent.objects.values_list("kind", flat=True)) == ["captured"]
    assert Allocation.objects.get().captured_centimes == 15_500


def test_a_refused_card_leaves_it_waiting_and_another_attempt_pays_it(market, client):
    group = by_card(market, market.honey)
    assert bank_says(client, attempt_of(group), approved=False) == "APPROVED"
    run_jobs()
    assert statuses(group) == ("unpaid", {"unpaid"})

    assert bank_says(client, attempt_of(group)) == "ACTION=POSTAUTH"
    run_jobs()
    assert statuses(group) == ("placed", {"placed"})


def test_who_lost_the_page_is_written_to_once_while_it_may_be_paid(market, client):
    group, other = by_card(market, market.honey), paid(market, client, market.argan)
    assert remind_of_unpaid() == 0
    with time_machine.travel(clock.now() + timedelta(minutes=6), tick=False):
        assert [remind_of_unpaid() for _ in range(2)] == [1, 0]
        run_jobs()

    (text,) = [one for one in texts_to(group.buyer_phone) if f"commande {group.number}" in one]
    assert text.startswith(f"Twiza: la commande {group.number} (155 DH) n'est pas encore payée.")
    assert f"/fr/orders/{group.token}/" in text
    other.refresh_from_db()
    assert other.reminded_at is None


def test_who_paid_before_the_reminder_left_is_not_written_to(market, client):
    group = by_card(market, market.honey)
    with time_machine.travel(clock.now() + timedelta(minutes=6), tick=False):
        remind_of_unpaid()
        bank_says(client, attempt_of(group))
        run_jobs()

    assert not any("pas encore payée" in text for text in texts_to(group.buyer_phone))


def test_nobody_is_reminded_of_what_is_over(market):
    group = by_card(market, market.honey)
    with half_an_hour_later():
        assert remind_of_unpaid() == 0
    group.refresh_from_db()
    assert group.reminded_at is None


def test_not_paid_in_time_it_is_cancelled_the_stock_is_free_and_the_buyer_told(market):
    group = by_card(market, market.honey)
    assert look_after_unpaid() == 0
    with half_an_hour_later():
        assert [look_after_unpaid() for _ in range(2)] == [1, 0]
        run_jobs()
        with pytest.raises(NotWaitingForMoney):
            attempt_of(group)

    assert statuses(group) == ("cancelled", {"lapsed"})
    assert saleable_quantities([market.honey.pk])[market.honey.pk] == 10
    assert texts_to(group.buyer_phone)[-1].startswith(f"Twiza: la commande {group.number} n'a pas été payée à temps.")
    assert not texts_to(market.mina.phone)
    assert orders_of_cooperative(market.honey_cooperative, is_open=False) == []


def test_money_that_comes_after_that_is_owed_back_and_its_keepers_and_buyer_are_told(market, client):
    entrust_register(market.operator, by=None)
    group = by_card(market, market.honey)
    attempt = attempt_of(group)
    with half_an_hour_later():
        look_after_unpaid()
        assert [bank_says(client, attempt) for _ in range(2)] == ["APPROVED"] * 2
        run_jobs()

    assert statuses(group) == ("cancelled", {"lapsed"})
    refund = Refund.objects.get()
    assert (refund.amount_centimes, refund.allocation.payment.surplus_of.reference) == (15_500, group.payment_reference)
    assert "155 DH sont arrivés de trop" in texts_to(group.buyer_phone)[-1]
    if market.operator.memberships.filter(receives_texts=True).exists():
        assert f"155 DH à rendre par la banque, commande {group.number}" in texts_to(market.youssef.phone)[-1]


def test_paid_while_it_is_cancelled_one_of_the_two_wins(market, client):
    group = by_card(market, market.honey)
    attempt = attempt_of(group)
    bank_says(client, attempt)  # heard, and the cooperatives not asked yet
    with half_an_hour_later():
        assert look_after_unpaid() == 1

    assert statuses(group) == ("placed", {"placed"})
    assert not Refund.objects.exists()


def test_a_part_that_is_declined_or_lost_is_owed_back_exactly(market, client):
    group = paid(market, client, market.honey, market.argan)
    honey, argan = (group.orders.get(cooperative=one) for one in (market.honey_cooperative, market.argan_cooperative))
    decline_order(honey, by=market.mina, reason="plus de miel")
    run_jobs()

    refund = Refund.objects.get()
    assert refund.amount_centimes == honey.total_centimes == refund.allocation.captured_centimes
    assert f"{honey.total_centimes // 100} DH vous sont rendus par la banque" in texts_to(group.buyer_phone)[-1]
    payment = Payment.objects.get()
    assert payment.amount_centimes == sum(Allocation.objects.values_list("due_centimes", flat=True))
    group.refresh_from_db()
    assert group.due_centimes == argan.total_centimes


def test_what_is_weighed_is_paid_at_the_door_only(market):
    details = VariantDetails(Decimal(500), "g", 12_000, name_fr="en rayon", sale_mode="weighed")
    comb = add_variant(market.honey.product, details, by=market.mina)
    receive_stock(comb.pk, 5, by=market.mina)
    cart = market.basket(comb)
    choose_payment(cart, "cmi")

    assert basket_of(Cart.objects.get(pk=cart.pk)).payments == ("cash_on_delivery",)


def test_whoever_keeps_the_register_says_that_it_is_given_back_and_nobody_else(market, client):
    group = paid(market, client, market.honey)
    decline_order(group.orders.get(), by=market.mina)
    (row,) = refunds_to_give()
    assert (row.group, row.is_surplus, len(row.bank_references)) == (group, False, 1)
    with pytest.raises(NotFound):
        record_card_refund(row.refund.pk, by=market.youssef)
    assert refunds_to_give() == [row]

    entrust_register(market.operator, by=None)
    client.force_login(market.youssef)
    page = client.get("/fr/workspace/register/refunds/").content.decode()
    assert (row.bank_references[0] in page, "155" in page) == (True, True)
    client.post("/fr/workspace/register/refunds/given/", {"refund": row.refund.pk})
    assert refunds_to_give() == []
    assert Refund.objects.get().how == "card"
    assert "sur la carte" in client.get(f"/fr/orders/{group.token}/").content.decode()
