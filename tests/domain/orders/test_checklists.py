"""The last look at a parcel: one question at first, more when things went wrong, and somebody's yes is kept."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from twiza.domain.aftersales.models import Complaint, Return
from twiza.domain.aftersales.selectors import faults_of
from twiza.domain.orders.errors import NotAcceptedYet, NotChecked
from twiza.domain.orders.models import Chase, Checklist, Order
from twiza.domain.orders.rules import OFTEN_PERCENT, Fault, Faults, questions_before_dispatch
from twiza.domain.orders.services import (
    accept_order,
    hand_over_order,
    mark_checked_order_ready,
    record_delivery,
    record_refusal,
)
from twiza.kit import clock
from twiza.kit.errors import NotFound

Question = Checklist.Question


def accepted(market) -> Order:
    return accept_order(market.order(market.honey).orders.get(), by=market.mina)


def test_somebodys_yes_to_every_question_is_kept(market):
    order = accepted(market)
    questions = [Question.GOODS, Question.COUNT]

    with pytest.raises(NotChecked):
        mark_checked_order_ready(order, questions, [Question.GOODS], by=market.mina)
    order.fulfilment.refresh_from_db()
    assert (order.fulfilment.status, Checklist.objects.count()) == ("pending", 0)
    with pytest.raises(NotFound):
        mark_checked_order_ready(order, questions, questions, by=market.hajja)
    mark_checked_order_ready(order, questions, questions, by=market.mina)

    kept = Checklist.objects.get(order=order)
    assert (kept.questions, kept.checked_by, order.steps.last().what) == (["goods", "count"], market.mina, "ready")


def test_an_order_that_is_not_accepted_is_not_looked_at(market):
    with pytest.raises(NotAcceptedYet):
        mark_checked_order_ready(market.order(market.honey).orders.get(), [Question.GOODS], [Question.GOODS], by=market.mina)
    assert not Checklist.objects.exists()


def test_what_went_wrong_in_ninety_days_is_counted_once_with_its_kind(market):
    with time_machine.travel(clock.now() - timedelta(days=91), tick=False):
        record_refusal(hand_over_order(accepted(market), by=market.mina), reason="not_as_ordered", by=market.mina)
    record_refusal(hand_over_order(accepted(market), by=market.mina), reason="not_found", by=market.mina)
    arrived = record_delivery(hand_over_order(accepted(market), by=market.mina), by=market.mina)
    Chase.objects.create(order=arrived, step="late")
    today = clock.today()
    said = {"line": arrived.lines.get(), "pieces": 1, "opened_at": clock.now(), "answer_due_on": today}
    Complaint.objects.create(kind="damaged", **said)
    Return.objects.create(order=arrived, refund_centimes=1, asked_at=clock.now(), refund_due_on=today)

    faults = faults_of(market.honey_cooperative)

    assert (faults.parcels, faults.total) == (2, 4)
    assert faults.counts == Counter([Fault.NOT_FOUND, Fault.LATE_ANSWER, Fault.DAMAGED, Fault.SENT_BACK])
    assert questions_before_dispatch(faults) == list(Question)
    assert questions_before_dispatch(faults_of(market.argan_cooperative)) == [Question.GOODS]


def test_a_fault_among_few_asks_what_it_points_to():
    assert questions_before_dispatch(Faults(20, Counter([Fault.MISSING]))) == [Question.GOODS, Question.COUNT]
    assert questions_before_dispatch(Faults(20, Counter([Fault.DAMAGED]))) == [
        Question.GOODS,
        Question.WHOLE,
        Question.WRAPPED,
    ]
    assert questions_before_dispatch(Faults(100, Counter([Fault.MISSING]))) == [Question.GOODS]


@given(st.integers(0, 500), st.lists(st.sampled_from(list(Fault)), max_size=40), st.sampled_from(list(Fault)))
def test_more_that_went_wrong_never_asks_less(parcels, happened, another):
    before = questions_before_dispatch(Faults(parcels, Counter(happened)))
    after = questions_before_dispatch(Faults(parcels, Counter([*happened, another])))

    assert before[0] == Question.GOODS
    assert set(before) <= set(after)
    if len(happened) >= 3 and len(happened) * 100 >= parcels * OFTEN_PERCENT:
        assert before == list(Question)
