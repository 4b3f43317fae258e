"""Which lots a parcel takes and held, and what a line remembers of its labels."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine

from tests.labels import label
from twiza.domain.inventory.models import Lot
from twiza.domain.inventory.selectors import PackedLot
from twiza.domain.inventory.services import count_stock, recall_lot, receive_lot, receive_stock
from twiza.domain.orders.models import Order
from twiza.domain.orders.selectors import lots_sent_in, lots_to_pack_in
from twiza.domain.orders.services import accept_order, hand_over_order

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(f"{TODAY}T12:00:00Z", tick=False) as traveller:
        yield traveller


def made(market, quantity: int, days: int) -> Lot:
    return receive_lot(market.honey.pk, quantity, produced_on=TODAY, best_before=TODAY + timedelta(days=days), by=market.mina)


def accepted(market, quantity: int) -> Order:
    order = market.order(market.honey, market.saffron, quantity=quantity).orders.get(cooperative=market.honey_cooperative)
    return accept_order(order, by=market.mina)


def packed(lot: Lot, pieces: int, *, is_recalled: bool = False) -> PackedLot:
    return PackedLot(lot.code, pieces, lot.best_before, is_recalled)


def to_pack(order: Order) -> list[PackedLot]:
    return [lot for one in lots_to_pack_in(order) for lot in one.lots]


def test_what_is_fit_and_spoils_first_is_taken_first_and_that_is_what_leaves(market):
    count_stock(market.honey.pk, 1, by=market.mina)
    late, soon, recalled = made(market, 9, 90), made(market, 2, 5), made(market, 2, 3)
    recall_lot(recalled, "unsafe", by=market.mina)
    order = accepted(market, 5)

    assert to_pack(order) == [packed(soon, 2), packed(late, 2)]
    assert lots_sent_in([order]) == {order.pk: []}

    sent = hand_over_order(order, by=market.mina)
    assert to_pack(sent) == []
    assert [one.lots for one in lots_sent_in([sent])[order.pk]] == [[packed(soon, 2), packed(late, 2)]]
    recall_lot(late, "unsafe", by=market.mina)
    assert [one.lots for one in lots_sent_in([sent])[order.pk]] == [[packed(soon, 2), packed(late, 2, is_recalled=True)]]


def test_nothing_past_its_date_is_ever_proposed(market, today):
    count_stock(market.honey.pk, 0, by=market.mina)
    soon = made(market, 4, 1)
    order = accepted(market, 2)
    assert to_pack(order) == [packed(soon, 2)]

    today.shift(timedelta(days=2))

    assert to_pack(order) == []


def test_pieces_without_a_lot_are_enough_to_name_none(market):
    receive_stock(market.honey.pk, 5, by=market.mina)
    made(market, 4, 1)

    assert to_pack(accepted(market, 3)) == []


def test_an_order_nobody_accepted_takes_nothing_from_the_shelf(market):
    count_stock(market.honey.pk, 0, by=market.mina)
    made(market, 4, 30)

    assert lots_to_pack_in(market.order(market.honey).orders.get()) == []


def test_a_line_remembers_the_labels_of_the_day_it_was_ordered(market, today):
    label(market.honey, "bio", by=market.mina, end=TODAY)
    before = market.order(market.honey).orders.get().lines.get()
    today.shift(timedelta(days=1))
    after = market.order(market.honey).orders.get().lines.get()

    before.refresh_from_db()
    assert (before.labels, before.labels_carried) == (["bio BIO-7"], ["Bio (Bio Maroc) BIO-7"])
    assert (after.labels, after.labels_carried) == ([], [])
