"""After the sale, an operator reads in one list what waits for it, what is late, and what others still do."""

from __future__ import annotations

from tests.domain.aftersales.test_complaints import MONEY, NOTHING, opened
from tests.domain.aftersales.test_replacements import AGAIN
from tests.domain.aftersales.test_returns import asked, days_later, delivered, received, whole
from twiza.domain.aftersales.selectors import cases_in, decisions_waiting_in
from twiza.domain.aftersales.services import (
    accept_answer,
    answer_complaint,
    approve_return,
    ask_return,
    dispute_answer,
    record_refund_for,
    send_replacement,
)


def steps(market) -> list[str]:
    return [case.step for case in cases_in(market.national)]


def test_a_complaint_says_at_each_step_who_does_what_next(market):
    complaint = opened(market)
    assert steps(market) == ["answer"]
    answer_complaint(complaint, MONEY, by=market.fatima)
    assert steps(market) == ["agree"]
    complaint = accept_answer(complaint)
    (case,) = cases_in(market.national)
    assert (case.step, case.centimes, case.due_on) == ("refund", 5000, complaint.refund_due_on)
    record_refund_for(complaint, how="cash", by=market.fatima)
    assert steps(market) == []


def test_what_is_sent_again_is_watched_until_it_arrives(market):
    complaint = accept_answer(answer_complaint(opened(market), AGAIN, by=market.fatima))
    assert steps(market) == ["send"]
    send_replacement(complaint, by=market.fatima)
    assert steps(market) == ["arrive"]


def test_a_return_says_at_each_step_who_does_what_next(market):
    returned = asked(market, 1)
    assert steps(market) == ["reply"]
    approve_return(returned, by=market.fatima)
    assert steps(market) == ["receive"]
    received(market)
    assert steps(market) == ["receive", "refund"]


def test_what_waits_for_the_operator_or_is_late_stands_first_and_the_oldest_before(market, monkeypatch):
    order = delivered(market, 1)
    ask_return(order, whole(order))
    complaint = dispute_answer(answer_complaint(opened(market), NOTHING, by=market.fatima))
    assert [(case.step, case.is_late) for case in cases_in(market.national)] == [("decide", True), ("reply", False)]
    assert decisions_waiting_in(market.national) == 1
    assert (list(cases_in(market.souk)), decisions_waiting_in(market.souk)) == ([], 0)

    market.order(market.argan)
    days_later(monkeypatch, 40)

    assert [(case.step, case.is_late) for case in cases_in(market.national)][:2] == [("reply", True), ("decide", True)]
    assert steps(market)[2] == "call"
    assert cases_in(market.national)[1].complaint == complaint
