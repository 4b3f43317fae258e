"""Recalls: from that moment nothing of the lot is sold, and whoever has some of it is told once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from tests.jobs import run_jobs
from twiza.domain.inventory.errors import LotNotRecalled, OutOfStock, PromisedMore
from twiza.domain.inventory.events import LotRecalled
from twiza.domain.inventory.models import Lot, StockHold, StockLevel, WithdrawnRecall
from twiza.domain.inventory.selectors import lots_sent_with, saleable_quantities, shelf_row_of, stock_faults
from twiza.domain.inventory.services import (
    Want,
    allocate_stock,
    count_stock,
    hold_stock,
    recall_lot,
    receive_lot,
    throw_away_lot,
    withdraw_recall,
)
from twiza.domain.orders.models import Order
from twiza.domain.orders.selectors import buyers_sent
from twiza.domain.orders.services import accept_order, decline_order, hand_over_order
from twiza.foundation.audit.models import Entry
from twiza.foundation.events.subscriptions import deliver
from twiza.foundation.messaging.models import Message
from twiza.foundation.messaging.services import stop_texts
from twiza.kit.errors import NotFound

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
BUYER = "+212683005001"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(f"{TODAY}T12:00:00Z", tick=False) as traveller:
        yield traveller


@pytest.fixture
def lot(market) -> Lot:
    """Ten jars made today, and no other honey."""
    count_stock(market.honey.pk, 0, by=market.mina)
    return made(market, 10, 90)


def made(market, quantity: int, days: int) -> Lot:
    return receive_lot(market.honey.pk, quantity, produced_on=TODAY, best_before=TODAY + timedelta(days=days), by=market.mina)


def sent(market, quantity: int = 1) -> Order:
    order = market.order(market.honey, quantity=quantity).orders.get()
    accept_order(order, by=market.mina)
    return hand_over_order(order, by=market.mina)


def recalls_told(phone: str) -> list[str]:
    return list(Message.objects.filter(to=phone, key__startswith="lot-recalled").values_list("text", flat=True))


def saleable(market) -> int:
    return saleable_quantities([market.honey.pk])[market.honey.pk]


def test_what_is_recalled_is_not_sold_from_that_moment(market, lot):
    other = made(market, 3, 120)
    hold_stock("cart:7", [Want(market.honey.pk, 5)])

    recall_lot(lot, "allergen", by=market.mina)

    assert saleable(market) == 3
    assert not StockHold.objects.filter(owner="cart:7").exists()
    with pytest.raises(OutOfStock) as refusal:
        allocate_stock("cart:7", [Want(market.honey.pk, 4)])
    assert refusal.value.facts["left"] == 3
    row = shelf_row_of(market.honey)
    assert (row.on_hand, row.recalled, row.past_date, row.saleable) == (13, 10, 0, 3)
    assert (lot.recall_reason, lot.recalled_by, other.is_recalled) == ("allergen", market.mina, False)


def test_a_recalled_lot_leaves_after_every_other(market, lot):
    late = made(market, 3, 120)
    recall_lot(lot, "unsafe", by=market.mina)

    order = sent(market, 3)

    assert lots_sent_with(f"order-line:{order.lines.get().pk}") == [(late.code, 3)]
    assert Lot.objects.get(pk=lot.pk).on_hand == 10


def test_each_buyer_is_told_once_whoever_asked_for_silence_too(market, lot):
    first, second = sent(market, 2), sent(market, 1)
    stop_texts(BUYER, "STOP")
    run_jobs()

    recall_lot(lot, "wrong_label", by=market.mina)
    run_jobs()
    for handler in ("warn_buyers_of_a_lot", "tell_sellers_of_the_recall"):
        deliver(f"notifications.{handler}", {"lot_id": lot.pk})

    assert recalls_told(BUYER) == [
        f"Twiza {second.group.number}: Coopérative Nahlat rappelle Miel de thym, lot {lot.code}: l'étiquette est fausse. "
        "N'utilisez plus ce produit, gardez-le à part et appelez la coopérative."
    ]
    assert Message.objects.get(to=BUYER, key__startswith="lot-recalled").state != "suppressed"
    buyer = buyers_sent(lot)[0]
    here = market.honey_cooperative.slug
    assert (buyer.orders, buyer.pieces, buyer.name) == (((here, first.number), (here, second.number)), 3, "Salma")
    assert recalls_told(market.mina.phone) == [
        f"Twiza: Miel de thym, lot {lot.code}, kaytsterja3: l'étiquette est fausse. Lli chraw w t3elmou: 1. "
        "B9a 7: ma tbi3ouhomch."
    ]


def test_the_operator_in_whose_storefront_it_was_chosen_is_told(market, lot):
    from tests.people import add_member

    order = sent(market)
    order.lines.update(storefront=market.souk)
    add_member(market.operator, market.karim, "operator_agent", None, receives_texts=True)

    recall_lot(lot, "unsafe", by=market.mina)
    run_jobs()

    assert recalls_told(market.karim.phone) == [
        f"Twiza: Coopérative Nahlat rappelle Miel de thym, lot {lot.code}: il peut etre dangereux. "
        "Acheteurs prévenus: 1. Le reste n'est plus en vente."
    ]


def test_nobody_else_is_told_unless_the_recall_is_wide(market, lot):
    sent(market, 10)
    other = made(market, 5, 120)

    assert buyers_sent(other, widely=True) == []
    recall_lot(other, "unsafe", by=market.mina)
    run_jobs()
    assert recalls_told(BUYER) == []

    third = made(market, 5, 10)
    sent(market, 5)
    fourth = made(market, 5, 200)
    assert [(buyer.pieces, len(buyer.orders)) for buyer in buyers_sent(third)] == [(5, 1)]
    assert buyers_sent(fourth, widely=True) == []
    assert [(buyer.pieces, len(buyer.orders)) for buyer in buyers_sent(other, widely=True)] == [(0, 1)]


def test_a_wide_recall_reaches_whoever_was_sent_the_product_since(market, lot):
    sooner = made(market, 2, 10)
    sent(market, 2)

    recall_lot(lot, "failed_test", is_wide=True, by=market.mina)
    run_jobs()

    assert buyers_sent(lot) == []
    assert sooner.on_hand == 2
    assert len(recalls_told(BUYER)) == 1


def test_whoever_gets_a_recalled_piece_after_all_is_told(market, lot):
    order = market.order(market.honey).orders.get()
    accept_order(order, by=market.mina)
    recall_lot(lot, "spoilt", by=market.mina)
    run_jobs()
    assert recalls_told(BUYER) == []

    hand_over_order(order, by=market.mina)
    run_jobs()

    assert len(recalls_told(BUYER)) == 1


def test_recalling_again_changes_nothing(market, lot):
    recall_lot(lot, "spoilt", by=market.mina)
    run_jobs()
    before = Message.objects.count()

    again = recall_lot(Lot.objects.get(pk=lot.pk), "unsafe", is_wide=True, by=market.mina)
    run_jobs()

    assert (again.recall_reason, again.recall_is_wide) == ("spoilt", False)
    assert Message.objects.count() == before
    entry = Entry.objects.get(action="inventory.recall")
    assert (entry.actor, entry.details) == (
        market.mina, {"on_hand": 10, "lot": lot.code, "reason": "spoilt", "is_wide": False}
    )  # fmt: skip


def test_only_its_own_people_recall_it(market, lot):
    with pytest.raises(NotFound):
        recall_lot(lot, "spoilt", by=market.hajja)

    lot.refresh_from_db()
    assert not lot.is_recalled
    assert saleable(market) == 10
    assert not Entry.objects.filter(action="inventory.recall").exists()


def test_what_was_promised_is_refused_before_the_lot_is_thrown_away(market, lot):
    order = market.order(market.honey, quantity=4).orders.get()
    recall_lot(lot, "unsafe", by=market.mina)

    with pytest.raises(PromisedMore):
        throw_away_lot(lot, by=market.mina)
    decline_order(order, by=market.mina, reason="rappel")

    assert throw_away_lot(lot, by=market.mina) == 10
    assert StockLevel.objects.get(variant=market.honey).on_hand == 0
    assert stock_faults() == (3, [])


def test_the_database_itself_refuses_a_recall_without_a_reason(market, lot):
    with pytest.raises(IntegrityError, match="lot_recalled_by_somebody_for_a_reason"), transaction.atomic():
        Lot.objects.filter(pk=lot.pk).update(recalled_at="2026-11-23T12:00Z")


def test_the_event_is_heard_by_buyers_askers_and_sellers():
    from twiza.foundation.events.subscriptions import handlers_of

    assert handlers_of(LotRecalled) == [
        "notifications.warn_buyers_of_a_lot",
        "notifications.warn_askers_of_a_lot",
        "notifications.tell_sellers_of_the_recall",
    ]


def withdrawals_told(phone: str) -> list[str]:
    return list(Message.objects.filter(to=phone, key__startswith="recall-withdrawn").values_list("text", flat=True))


def test_a_withdrawn_recall_is_told_to_whoever_was_warned_and_the_lot_sells_again(market, lot, client):
    sent(market)
    stop_texts(BUYER, "STOP")
    recall_lot(lot, "allergen", by=market.mina)
    run_jobs()
    assert saleable(market) == 0

    withdraw_recall(lot, "other_lot", by=market.mina)
    run_jobs()

    lot.refresh_from_db()
    assert (lot.is_recalled, saleable(market)) == (False, 9)
    [told] = withdrawals_told(BUYER)
    assert lot.code in told
    assert "c'est un autre lot" in told
    assert len(withdrawals_told(market.mina.phone)) == 1
    assert Entry.objects.get(action="inventory.withdraw_recall").details["why"] == "other_lot"
    page = client.get(f"/fr/lots/{lot.code}/").content.decode()
    assert "Un rappel de ce lot a été annulé." in page
    assert "Ne l" not in page.split("Un rappel de ce lot")[0].split("<main")[1]


def test_past_its_date_a_lot_stays_off_sale_when_its_recall_is_withdrawn(market, lot, today):
    recall_lot(lot, "spoilt", by=market.mina)
    today.move_to(f"{lot.best_before + timedelta(days=1)}T12:00:00Z")

    withdraw_recall(lot, "tested", by=market.mina)

    assert (saleable(market), stock_faults()[1]) == (0, [])


def test_recalled_once_more_everybody_is_told_once_more(market, lot):
    sent(market)
    for why in ("mistake", "tested"):
        recall_lot(lot, "allergen", by=market.mina)
        run_jobs()
        withdraw_recall(lot, why, by=market.mina)
        run_jobs()

    assert (len(recalls_told(BUYER)), len(withdrawals_told(BUYER))) == (2, 2)
    assert WithdrawnRecall.objects.filter(lot=lot).count() == 2


def test_only_its_cooperative_withdraws_a_recall_and_only_one_there_is(market, lot):
    with pytest.raises(LotNotRecalled):
        withdraw_recall(lot, "mistake", by=market.mina)
    recall_lot(lot, "allergen", by=market.mina)
    with pytest.raises(NotFound):
        withdraw_recall(lot, "mistake", by=market.fatima)

    lot.refresh_from_db()
    assert lot.is_recalled
    assert not WithdrawnRecall.objects.exists()


def test_a_recall_withdrawn_before_anybody_was_told_is_told_to_nobody(market, lot):
    sent(market)
    recall_lot(lot, "allergen", by=market.mina)
    withdraw_recall(lot, "mistake", by=market.mina)
    run_jobs()

    assert recalls_told(BUYER) + withdrawals_told(BUYER) == []
