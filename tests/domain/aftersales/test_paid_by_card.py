"""What was paid by card is given back by the market, who has the money; the cooperative says what came back or what it offers."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.domain.aftersales.test_returns import days_later, lines_of, texts_after, whole
from tests.domain.orders.test_card_orders import paid, shop  # noqa: F401
from tests.jobs import run_jobs
from twiza.domain.aftersales.errors import GivenBackByTheMarket
from twiza.domain.aftersales.models import Complaint, Return
from twiza.domain.aftersales.selectors import cases_in, open_complaints_to, open_returns_to
from twiza.domain.aftersales.services import (
    Settlement,
    accept_answer,
    answer_complaint,
    approve_return,
    ask_return,
    open_complaint,
    receive_return,
    record_refund_for,
    record_refund_of,
    tell_of_late_refunds,
)
from twiza.domain.directory.services.entrusting import entrust_register
from twiza.domain.orders.models import Order
from twiza.domain.orders.selectors import earnings_of, refunds_to_give
from twiza.domain.orders.services import accept_order, decline_order, hand_over_order, record_delivery
from twiza.domain.payments.errors import RefundAboveReceived
from twiza.domain.payments.models import Allocation, PaymentEvent, Refund
from twiza.domain.payments.selectors import refunds_of
from twiza.domain.payments.services import owe_refund, record_card_refund
from twiza.kit import clock

MONEY = Settlement("refund", 2000, "Pardon.")


def delivered(market, client) -> Order:
    order = accept_order(paid(market, client, market.saffron).orders.get(), by=market.fatima)
    return record_delivery(hand_over_order(order, by=market.fatima), by=market.fatima)


def received(market, client) -> Return:
    order = delivered(market, client)
    return receive_return(ask_return(order, whole(order)), {}, by=market.fatima)


def agreed(market, client) -> Complaint:
    order = delivered(market, client)
    said = open_complaint(order, lines_of(order)[0], kind="damaged", pieces=1)
    return accept_answer(answer_complaint(said, MONEY, by=market.fatima))


def given_back(market) -> Refund:
    entrust_register(market.operator, by=None)
    return record_card_refund(Refund.objects.get().pk, by=market.youssef)


def test_a_return_is_given_back_on_the_card_by_whoever_has_the_money(market, client):
    returned = received(market, client)
    (row,) = refunds_to_give()
    assert (row.refund.owed_for, row.refund.amount_centimes, row.group) == (
        "return",
        returned.refund_centimes,
        returned.order.group,
    )
    assert len(row.bank_references) == 1
    assert open_returns_to(market.saffron_cooperative) == 0
    with pytest.raises(GivenBackByTheMarket):
        record_refund_of(returned, how="cash", by=market.fatima)
    returned.refresh_from_db()
    assert (returned.state, PaymentEvent.objects.filter(kind="refunded").exists()) == ("received", False)

    told = texts_after(lambda: given_back(market))
    returned.refresh_from_db()
    assert (returned.state, Refund.objects.get().how, refunds_to_give()) == ("refunded", "card", [])
    assert [text for text in told if "par la banque" in text] == [told[-1]]
    assert earnings_of(market.saffron_cooperative).received_centimes == 0


def test_a_complaint_is_given_back_on_the_card_by_whoever_has_the_money(market, client):
    complaint = agreed(market, client)
    assert [(row.refund.owed_for, row.refund.amount_centimes) for row in refunds_to_give()] == [("complaint", 2000)]
    assert open_complaints_to(market.saffron_cooperative) == 0
    with pytest.raises(GivenBackByTheMarket):
        record_refund_for(complaint, how="cash", by=market.fatima)

    given_back(market)
    run_jobs()
    complaint.refresh_from_db()
    assert (complaint.state, complaint.outcome) == ("closed", "refunded")


def test_given_back_twice_it_ends_once(market, client):
    received(market, client)
    given_back(market)
    record_card_refund(Refund.objects.get().pk, by=market.youssef)
    told = texts_after(run_jobs)

    assert len([text for text in told if "par la banque" in text]) == 0
    assert PaymentEvent.objects.filter(kind="refunded").count() == 1


def test_an_operator_reads_that_the_market_gives_it_back_and_calls_nobody(market, client):
    returned = received(market, client)

    (case,) = cases_in(market.national)

    assert (case.step, case.centimes, case.is_the_operators) == ("refund_on_card", returned.refund_centimes, False)


def test_the_texts_say_who_gives_the_money_back(market, client):
    order = delivered(market, client)
    returned = ask_return(order, whole(order))
    told = texts_after(lambda: approve_return(returned, by=market.fatima))

    assert "par la banque avant le" in told[-1]


def test_late_money_is_asked_of_whoever_has_it_and_of_the_cooperative_what_is_its_own(market, client, monkeypatch):
    entrust_register(market.operator, by=None)
    market.operator.memberships.update(receives_texts=True)
    agreed(market, client)
    run_jobs()
    days_later(monkeypatch, 40)

    told = texts_after(tell_of_late_refunds)

    assert told
    assert all("par la banque" in text or "lbanka" in text for text in told)
    assert texts_after(tell_of_late_refunds) == []


def test_what_was_declined_is_not_taken_from_what_others_paid(market, client):
    decline_order(paid(market, client, market.saffron).orders.get(), by=market.fatima)

    assert Refund.objects.get().amount_centimes > 0
    assert earnings_of(market.saffron_cooperative).received_centimes == 0


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(amounts=st.lists(st.integers(min_value=1, max_value=9000), max_size=6))
def test_no_more_goes_back_on_the_card_than_came(market, client, amounts):
    """Also asked for piece by piece."""
    order = paid(market, client, market.saffron).orders.get()
    allocation = Allocation.objects.get(reference=f"order:{order.pk}")
    owed = 0
    for number, amount in enumerate(amounts):
        try:
            owe_refund(
                allocation.reference, reference=f"return:{order.pk}-{number}", amount_centimes=amount, due_on=clock.today()
            )
            owed += amount
        except RefundAboveReceived:
            assert owed + amount > allocation.captured_centimes
    refunds = [refund.amount_centimes for refund in allocation.refunds.all()]

    assert (sum(refunds), refunds_of([allocation.reference])) == (owed, owed)
    assert owed <= allocation.captured_centimes
