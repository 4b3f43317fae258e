"""Lots: whatever is made, sold, counted and spoilt, nothing past its date is sold and every piece can be retraced."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from twiza.domain.inventory.errors import MadeTomorrow, OutOfStock, PastItsDate, PromisedMore
from twiza.domain.inventory.models import Lot, StockLevel, StockMovement
from twiza.domain.inventory.selectors import lots_on_hand, lots_sent_with, saleable_quantities, stock_faults, unfit_pieces
from twiza.domain.inventory.services import (
    Want,
    allocate_stock,
    count_stock,
    dispatch_stock,
    hold_stock,
    recall_lot,
    receive_lot,
    receive_stock,
    release_stock,
    throw_away_lot,
)
from twiza.kit.errors import DomainError

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
ACTS = st.lists(
    st.tuples(
        st.sampled_from(
            ["receive", "lot", "lot", "count", "hold", "allocate", "release", "dispatch", "throw away", "recall", "sleep"]
        ),
        st.integers(1, 6),
    ),
    max_size=25,
)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(f"{TODAY}T12:00:00Z", tick=False) as traveller:
        yield traveller


def made(variant, quantity: int, days: int | None) -> Lot:
    best_before = None if days is None else TODAY + timedelta(days=days)
    return receive_lot(variant.pk, quantity, produced_on=TODAY, best_before=best_before, by=None)


def left_of(*lots: Lot) -> list[int]:
    return [Lot.objects.get(pk=lot.pk).on_hand for lot in lots]


def send(variant, quantity: int, line: int) -> None:
    allocate_stock("cart:1", [Want(variant.pk, quantity, f"order-line:{line}")])
    dispatch_stock([Want(variant.pk, quantity, f"order-line:{line}")], by=None)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_no_order_of_acts_sells_what_is_past_its_date(market, today, acts):
    variant, promised = market.honey.pk, []
    with transaction.atomic():
        today.move_to(f"{TODAY}T12:00:00Z")
        for number, (act, quantity) in enumerate(acts):
            before = StockLevel.objects.get(variant=variant)
            fit = before.on_hand - before.allocated - sum(unfit_pieces([variant]).get(variant, ()))
            with suppress(DomainError):
                do(act, Want(variant, quantity, f"order-line:{number}"), promised, today, market.mina)
                assert act != "allocate" or quantity <= fit
            assert stock_faults() == (3, [])
            assert saleable_quantities([variant])[variant] >= 0
        transaction.set_rollback(True)


def do(act: str, want: Want, promised: list[Want], today, mina) -> None:
    variant, number = want.variant_id, want.quantity
    last_day = TODAY + timedelta(days=number)
    plain = {
        "receive": lambda: receive_stock(variant, number, by=None),
        "lot": lambda: receive_lot(variant, number, produced_on=TODAY, best_before=last_day, by=None),
        "count": lambda: count_stock(variant, number, by=None),
        "hold": lambda: hold_stock("cart:2", [want]),
        "sleep": lambda: today.shift(timedelta(days=number)),
        "recall": lambda: [recall_lot(lot, "unsafe", by=mina) for lot in lots_on_hand(variant)[:1]],
        "throw away": lambda: [throw_away_lot(lot, by=None) for lot in lots_on_hand(variant)[:1]],
    }
    if act in plain:
        plain[act]()
    elif act == "allocate":
        allocate_stock("cart:1", [want])
        promised.append(want)
    elif promised:
        given = promised.pop()
        (release_stock if act == "release" else dispatch_stock)([given], by=None)


def test_what_expires_first_leaves_first_and_the_line_says_its_lots(market):
    count_stock(market.honey.pk, 0, by=market.mina)
    late, never, soon = made(market.honey, 5, 90), made(market.honey, 5, None), made(market.honey, 2, 30)

    send(market.honey, 4, 1)
    send(market.honey, 4, 2)

    assert left_of(soon, late, never) == [0, 0, 4]
    assert lots_sent_with("order-line:1") == [(soon.code, 2), (late.code, 2)]
    assert lots_sent_with("order-line:2") == [(late.code, 3), (never.code, 1)]


def test_loose_pieces_leave_before_lots(market):
    lot = made(market.honey, 5, 30)

    send(market.honey, 10, 1)

    assert left_of(lot) == [5]
    assert lots_sent_with("order-line:1") == []


def test_a_lot_is_sold_on_its_last_day_and_not_on_the_next(market, today):
    made(market.honey, 5, 3)

    today.shift(timedelta(days=3))
    assert saleable_quantities([market.honey.pk]) == {market.honey.pk: 15}
    today.shift(timedelta(days=1))

    assert saleable_quantities([market.honey.pk]) == {market.honey.pk: 10}
    for promise in (hold_stock, allocate_stock):
        with pytest.raises(OutOfStock) as refusal:
            promise("cart:1", [Want(market.honey.pk, 11)])
        assert refusal.value.facts["left"] == 10
    assert StockLevel.objects.get(variant=market.honey).allocated == 0


def test_more_promised_than_is_fit_leaves_nothing_to_sell(market, today):
    lot = made(market.honey, 5, 3)
    allocate_stock("cart:1", [Want(market.honey.pk, 12, "order-line:1")])

    today.shift(timedelta(days=4))

    assert saleable_quantities([market.honey.pk]) == {market.honey.pk: 0}
    with pytest.raises(PromisedMore):
        throw_away_lot(lot, by=market.mina)
    assert left_of(lot) == [5]


def test_a_parcel_that_left_takes_what_is_past_its_date_last(market, today):
    count_stock(market.honey.pk, 0, by=market.mina)
    soon, late = made(market.honey, 4, 3), made(market.honey, 4, 90)
    allocate_stock("cart:1", [Want(market.honey.pk, 5, "order-line:1")])
    today.shift(timedelta(days=4))

    dispatch_stock([Want(market.honey.pk, 5, "order-line:1")], by=None)

    assert left_of(soon, late) == [3, 0]


def test_counting_fewer_takes_from_lots_what_no_loose_piece_explains(market):
    lot = made(market.honey, 5, 30)

    count_stock(market.honey.pk, 12, by=market.mina)
    assert left_of(lot) == [5]
    count_stock(market.honey.pk, 3, by=market.mina)

    assert left_of(lot) == [3]
    assert stock_faults() == (3, [])


def test_what_is_thrown_away_is_not_on_hand_and_only_once(market, today):
    lot = made(market.honey, 5, 3)
    today.shift(timedelta(days=4))

    assert throw_away_lot(lot, by=market.mina) == 5
    assert throw_away_lot(lot, by=market.mina) == 0

    assert StockLevel.objects.get(variant=market.honey).on_hand == 10
    assert StockMovement.objects.filter(kind="discarded").count() == 1


@pytest.mark.parametrize(
    ("produced_on", "best_before", "refusal"),
    [
        (TODAY + timedelta(days=1), None, MadeTomorrow),
        (TODAY, TODAY - timedelta(days=1), PastItsDate),
        (TODAY - timedelta(days=9), TODAY - timedelta(days=1), PastItsDate),
    ],
)
def test_impossible_dates_are_refused(market, produced_on, best_before, refusal):
    with pytest.raises(refusal):
        receive_lot(market.honey.pk, 5, produced_on=produced_on, best_before=best_before, by=market.mina)

    assert not Lot.objects.exists()
    assert StockLevel.objects.get(variant=market.honey).on_hand == 10


def test_the_database_itself_refuses_more_in_lots_than_on_hand(market):
    with pytest.raises(IntegrityError, match="stock_lots_are_on_hand"), transaction.atomic():
        StockLevel.objects.filter(variant=market.honey).update(in_lots=11)


def test_the_recount_finds_a_lot_changed_by_hand(market):
    lot = made(market.honey, 5, 30)
    Lot.objects.filter(pk=lot.pk).update(on_hand=4)

    checked, faults = stock_faults()

    assert checked == 3
    assert [fault.get("lot") for fault in faults] == [None, lot.code]
    assert (faults[0]["in_lots"], faults[0]["lots"]) == (5, 4)


def test_codes_cannot_be_misread(market):
    code = made(market.honey, 1, None).code

    assert len(code) == 8
    assert not set(code) & set("01ILOilo")
