"""Stock: whatever is asked in whatever order, nobody is promised what is not there and every level can be retraced."""

from __future__ import annotations

import io
import json
from contextlib import suppress
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from twiza.domain.inventory.errors import OutOfStock, PromisedMore
from twiza.domain.inventory.models import StockLevel, StockMovement
from twiza.domain.inventory.selectors import saleable_quantities, stock_faults
from twiza.domain.inventory.services import (
    HOLD,
    Want,
    allocate_stock,
    count_stock,
    dispatch_stock,
    hold_stock,
    receive_stock,
    release_holds,
    release_stock,
)
from twiza.kit.errors import DomainError

pytestmark = pytest.mark.django_db
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["receive", "count", "hold", "let go", "allocate", "release", "dispatch"]),
        st.integers(0, 1),
        st.integers(1, 6),
        st.sampled_from(["cart:1", "cart:2"]),
    ),
    max_size=25,
)


def level_of(variant) -> tuple[int, int, int]:
    level = StockLevel.objects.get(variant=variant)
    return level.on_hand, level.allocated, level.held


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_no_order_of_acts_promises_what_is_not_there(market, acts):
    variants = [market.honey.pk, market.argan.pk]
    promised: list[Want] = []
    with transaction.atomic():
        for number, (act, which, quantity, owner) in enumerate(acts):
            with suppress(DomainError):
                do(act, Want(variants[which], quantity, f"order-line:{number}"), owner, promised)
            checked, faults = stock_faults()
            assert (checked, faults) == (3, [])
        for variant in variants:
            mine = sum(want.quantity for want in promised if want.variant_id == variant)
            assert StockLevel.objects.get(variant_id=variant).allocated == mine
        transaction.set_rollback(True)


def do(act: str, want: Want, owner: str, promised: list[Want]) -> None:
    if act == "receive":
        receive_stock(want.variant_id, want.quantity, by=None)
    elif act == "count":
        count_stock(want.variant_id, want.quantity, by=None)
    elif act == "hold":
        hold_stock(owner, [want])
    elif act == "let go":
        release_holds(owner)
    elif act == "allocate":
        allocate_stock(owner, [want])
        promised.append(want)
    elif promised:
        given = promised.pop()
        (release_stock if act == "release" else dispatch_stock)([given], by=None)


def test_holds_are_replaced_not_added(market):
    hold_stock("cart:1", [Want(market.honey.pk, 4)])
    hold_stock("cart:1", [Want(market.honey.pk, 6)])

    assert level_of(market.honey) == (10, 0, 6)


def test_the_same_held_again_is_held_for_longer_and_only_once(market):
    hold_stock("cart:1", [Want(market.honey.pk, 4)])
    first = StockLevel.objects.get(variant=market.honey).holds.get()

    with time_machine.travel(first.expires_at - timedelta(seconds=1)):
        hold_stock("cart:1", [Want(market.honey.pk, 4)])

    again = StockLevel.objects.get(variant=market.honey).holds.get()
    assert again.expires_at - first.expires_at == HOLD - timedelta(seconds=1)
    assert level_of(market.honey) == (10, 0, 4)


def test_a_hold_is_over_when_its_time_is_whether_or_not_a_job_came_by(market):
    hold_stock("cart:1", [Want(market.honey.pk, 10)])
    with pytest.raises(OutOfStock):
        hold_stock("cart:2", [Want(market.honey.pk, 1)])

    with time_machine.travel(StockLevel.objects.get(variant=market.honey).holds.get().expires_at + timedelta(seconds=1)):
        assert saleable_quantities([market.honey.pk]) == {market.honey.pk: 10}
        hold_stock("cart:2", [Want(market.honey.pk, 1)])

    assert level_of(market.honey) == (10, 0, 1)
    assert timedelta(minutes=15) == HOLD


def test_one_short_product_holds_nothing_of_the_others(market):
    with pytest.raises(OutOfStock):
        hold_stock("cart:1", [Want(market.argan.pk, 2), Want(market.honey.pk, 11)])

    assert level_of(market.argan) == (20, 0, 0)


def test_counting_fewer_than_are_promised_is_refused(market):
    allocate_stock("cart:1", [Want(market.honey.pk, 4, "order-line:1")])

    with pytest.raises(PromisedMore) as refusal:
        count_stock(market.honey.pk, 3, by=market.mina)

    assert refusal.value.facts["promised"] == 4
    assert level_of(market.honey) == (10, 4, 0)


def test_a_promise_is_moved_once_per_cause(market):
    allocate_stock("cart:1", [Want(market.honey.pk, 1, "order-line:1")])

    with pytest.raises(IntegrityError), transaction.atomic():
        allocate_stock("cart:1", [Want(market.honey.pk, 1, "order-line:1")])

    assert level_of(market.honey) == (10, 1, 0)
    assert StockMovement.objects.filter(reference="order-line:1").count() == 1


def test_the_database_itself_refuses_a_promise_too_many(market):
    with pytest.raises(IntegrityError, match="stock_promises_are_on_hand"), transaction.atomic():
        StockLevel.objects.filter(variant=market.honey).update(allocated=11)


def test_the_recount_finds_what_somebody_changed_by_hand(market):
    StockLevel.objects.filter(variant=market.honey).update(on_hand=12)
    said = io.StringIO()

    with pytest.raises(SystemExit) as end:
        call_command("verify_stock", "--json", stdout=said)

    assert end.value.code == 1
    answer = json.loads(said.getvalue())
    assert answer["checked"] == 3
    assert [(fault["variant"], fault["on_hand"], fault["moved"]) for fault in answer["faults"]] == [(market.honey.pk, 12, 10)]
