"""A buyer changes their mind in time, sends back what may be sent back, and has the money back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.jobs import run_jobs
from twiza.domain.aftersales.errors import NothingToReturn, ReturnSettled, ReturnTooLate
from twiza.domain.aftersales.models import Return
from twiza.domain.aftersales.rules import return_until, share_of
from twiza.domain.aftersales.selectors import owed_for_coupons, return_offers, returns_from, returns_to
from twiza.domain.aftersales.services import (
    approve_return,
    ask_return,
    receive_return,
    record_refund_of,
    reject_return,
    tell_of_late_refunds,
)
from twiza.domain.inventory.models import StockLevel
from twiza.domain.inventory.services import receive_lot
from twiza.domain.orders.errors import LossUnexplained, MoreThanSent
from twiza.domain.orders.models import Fulfilment, Order, OrderLine
from twiza.domain.orders.selectors import earnings_of
from twiza.domain.orders.services import accept_order, hand_over_order, record_delivery
from twiza.domain.payments.errors import RefundAboveReceived
from twiza.domain.payments.models import PaymentEvent, Refund
from twiza.domain.payments.services import owe_refund
from twiza.foundation.messaging.models import Message
from twiza.kit import clock
from twiza.kit.errors import NotFound


def delivered(market, quantity: int = 3) -> Order:
    order = accept_order(market.order(market.saffron, quantity=quantity).orders.get(), by=market.fatima)
    return record_delivery(hand_over_order(order, by=market.fatima), by=market.fatima)


def lines_of(order: Order) -> list[int]:
    return list(order.lines.values_list("pk", flat=True))


def whole(order: Order) -> dict[int, int]:
    """Everything of it."""
    return dict(order.lines.values_list("pk", "quantity"))


def asked(market, quantity: int = 3) -> Return:
    order = delivered(market, quantity)
    return ask_return(order, whole(order))


def received(market) -> Return:
    return receive_return(asked(market), {}, by=market.fatima)


def on_hand(market) -> int:
    return StockLevel.objects.get(variant=market.saffron).on_hand


def days_later(monkeypatch, days: int) -> None:
    now = clock.now() + timedelta(days=days)
    monkeypatch.setattr(clock, "now", lambda: now)
    monkeypatch.setattr(clock, "today", lambda: clock.local_day(now))


def texts_after(act) -> list[str]:
    run_jobs()
    last = Message.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    act()
    run_jobs()
    return list(Message.objects.filter(pk__gt=last).order_by("pk").values_list("text", flat=True))


def test_what_is_sent_back_whole_is_refunded_with_its_delivery(market):
    order = delivered(market)

    returned = ask_return(order, whole(order))

    assert (returned.state, returned.refund_centimes) == ("requested", order.total_centimes)
    assert returned.refund_due_on == clock.today() + timedelta(days=15)


def test_a_return_goes_from_the_buyer_to_the_refund(market):
    returned = approve_return(asked(market), by=market.fatima)
    assert on_hand(market) == 37

    returned = receive_return(returned, {}, by=market.fatima)
    refund = Refund.objects.get()
    assert on_hand(market) == 40
    assert (refund.amount_centimes, refund.due_on, refund.paid_at) == (returned.refund_centimes, returned.refund_due_on, None)

    returned = record_refund_of(returned, how="cash", by=market.fatima)
    refund.refresh_from_db()
    assert (returned.state, refund.how) == ("refunded", "cash")
    assert PaymentEvent.objects.get(kind="refunded").amount_centimes == returned.refund_centimes


def test_what_is_given_back_is_not_received_by_the_cooperative(market):
    returned = received(market)

    assert earnings_of(market.saffron_cooperative).received_centimes == 0
    record_refund_of(returned, how="transfer", by=market.fatima)
    assert earnings_of(market.saffron_cooperative).received_centimes == 0


def test_twiza_bears_no_coupon_for_what_came_back(market):
    returned = asked(market)
    OrderLine.objects.update(discount_centimes=500, cooperative_discount_centimes=200)
    assert owed_for_coupons(market.saffron_cooperative) == 300

    receive_return(returned, {}, by=market.fatima)

    assert owed_for_coupons(market.saffron_cooperative) == 0


def test_what_cannot_be_sold_again_is_lost_and_refunded_all_the_same(market):
    returned = asked(market)
    line = returned.lines.get().line

    receive_return(returned, {line.pk: 1}, reason="opened", by=market.fatima)

    assert on_hand(market) == 38
    assert Refund.objects.get().amount_centimes == returned.refund_centimes


def test_a_loss_is_explained_and_no_more_comes_back_than_was_sent(market):
    returned = asked(market)
    line = returned.lines.get().line

    with pytest.raises(LossUnexplained):
        receive_return(returned, {line.pk: 1}, by=market.fatima)
    with pytest.raises(MoreThanSent):
        receive_return(returned, {line.pk: 4}, by=market.fatima)

    assert on_hand(market) == 37
    assert not Refund.objects.exists()


@pytest.mark.parametrize("withdrawal", ["perishable", "made_to_order"])
def test_what_perishes_or_was_made_for_the_buyer_stays_with_them(market, withdrawal):
    order = delivered(market)
    OrderLine.objects.update(withdrawal=withdrawal)

    with pytest.raises(ReturnTooLate):
        ask_return(order, whole(order))

    assert not Return.objects.exists()


def test_nothing_goes_back_before_it_arrived(market):
    order = hand_over_order(accept_order(market.order(market.saffron).orders.get(), by=market.fatima), by=market.fatima)

    with pytest.raises(ReturnTooLate):
        ask_return(order, whole(order))


def test_a_line_goes_back_once_and_only_to_its_own_cooperative(market):
    order, other = delivered(market, 1), delivered(market, 1)
    with pytest.raises(NothingToReturn):
        ask_return(order, whole(other))
    with pytest.raises(NothingToReturn):
        ask_return(order, {})
    ask_return(order, whole(order))

    with pytest.raises(ReturnTooLate):
        ask_return(order, whole(order))
    assert Return.objects.count() == 1


def test_two_of_three_go_back_and_later_the_third(market):
    order = delivered(market)
    (line,) = lines_of(order)

    first = ask_return(order, {line: 2})
    assert (first.refund_centimes, return_offers([order])[order.pk].lines[0].left) == (7600, 1)
    with pytest.raises(NothingToReturn):
        ask_return(order, {line: 2})
    receive_return(first, {line: 1}, reason="opened", by=market.fatima)
    assert on_hand(market) == 38

    second = ask_return(order, {line: 1})
    assert second.refund_centimes == 3800 + order.delivery_centimes
    receive_return(second, {}, by=market.fatima)
    assert on_hand(market) == 39
    assert sum(refund.amount_centimes for refund in Refund.objects.all()) == order.total_centimes


def test_pieces_come_back_to_the_lot_they_left(market):
    lot = receive_lot(market.saffron.pk, 2, produced_on=clock.today(), best_before=None, by=market.fatima)
    order = delivered(market, 41)
    (line,) = lines_of(order)
    lot.refresh_from_db()
    assert lot.on_hand == 1

    for _one in range(2):
        receive_return(ask_return(order, {line: 1}), {}, by=market.fatima)

    lot.refresh_from_db()
    assert (lot.on_hand, on_hand(market)) == (2, 3)


def test_a_piece_that_was_not_accepted_keeps_the_delivery_paid(market):
    order = delivered(market, 2)
    (line,) = lines_of(order)
    reject_return(ask_return(order, {line: 1}), reason="used", by=market.fatima)

    assert ask_return(order, {line: 1}).refund_centimes == 3800


@given(st.data(), st.integers(1, 9), st.integers(0, 99_999))
def test_the_parts_of_all_pieces_are_what_was_paid(data, quantity, paid):
    line, before, parts = OrderLine(quantity=quantity), 0, []
    while before < quantity:
        pieces = data.draw(st.integers(1, quantity - before))
        parts.append((pieces, share_of(paid, line, pieces, before=before)))
        before += pieces

    assert sum(part for _pieces, part in parts) == paid
    assert all(abs(part - paid * pieces / quantity) < quantity for pieces, part in parts)


def test_the_clock_runs_out(market, monkeypatch):
    order = delivered(market)
    until = return_offers([order])[order.pk].until

    days_later(monkeypatch, (until - clock.today()).days)
    assert order.pk in return_offers([order])
    days_later(monkeypatch, 1)
    with pytest.raises(ReturnTooLate):
        ask_return(order, whole(order))


@given(st.dates(date(2026, 1, 1), date(2030, 1, 1)), st.sets(st.dates(date(2026, 1, 1), date(2030, 2, 1)), max_size=6))
def test_the_last_day_is_a_working_day_a_week_or_more_after_it_arrived(arrived, holidays):
    at = datetime(arrived.year, arrived.month, arrived.day, 12, tzinfo=UTC)
    order = Order(pk=1, fulfilment=Fulfilment(status="delivered", delivered_at=at))

    until = return_until(order, holidays)

    assert until is not None
    assert until >= arrived + timedelta(days=7)
    assert until.weekday() < 5
    assert until not in holidays
    between = [arrived + timedelta(days=days) for days in range(7, (until - arrived).days)]
    assert all(day.weekday() >= 5 or day in holidays for day in between)


def test_a_return_is_settled_once(market):
    returned = record_refund_of(received(market), how="cash", by=market.fatima)

    for again in (
        lambda: approve_return(returned, by=market.fatima),
        lambda: reject_return(returned, reason="used", by=market.fatima),
        lambda: receive_return(returned, {}, by=market.fatima),
        lambda: record_refund_of(returned, how="cash", by=market.fatima),
    ):
        with pytest.raises(ReturnSettled):
            again()
    assert on_hand(market) == 40
    assert Refund.objects.count() == 1


def test_nobody_else_answers_for_the_cooperative(market):
    returned = asked(market)

    for stranger in (market.karim, market.hajja, market.youssef):
        with pytest.raises(NotFound):
            approve_return(returned, by=stranger)
        with pytest.raises(NotFound):
            receive_return(returned, {}, by=stranger)
    assert (Return.objects.get().state, on_hand(market)) == ("requested", 37)


def test_no_more_is_given_back_than_was_received(market):
    order = delivered(market)

    with pytest.raises(RefundAboveReceived):
        owe_refund(f"order:{order.pk}", reference="x", amount_centimes=order.total_centimes + 1, due_on=clock.today())
    assert not Refund.objects.exists()


def test_everybody_is_told_at_each_step(market):
    order = delivered(market)
    day = f"{clock.today() + timedelta(days=15):%d/%m}"
    name = "Coopérative Zafrane Taliouine"

    told = texts_after(lambda: ask_return(order, whole(order)))
    assert told == [
        f"Twiza: lli chra talab {order.number} bddel rayo w ghadi yrej3o (154 DH). Hadchi 7e99o f 7 iyam. "
        f"Rejj3ou lflous 9bel {day}. Jawbou f lespace dyalkom."
    ]
    returned = Return.objects.get()
    told = texts_after(lambda: reject_return(returned, reason="used", by=market.fatima))
    assert told == [
        f"Twiza {order.group.number}: {name} n'accepte pas votre retour (il a été utilisé). Pas d'accord ? Répondez AIDE."
    ]


def test_a_late_refund_is_told_once_to_the_cooperative_and_stands_first_for_it(market, monkeypatch):
    returned, refunded = asked(market, 1), record_refund_of(received(market), how="cash", by=market.fatima)
    assert tell_of_late_refunds() == 0
    run_jobs()
    days_later(monkeypatch, 16)

    told = texts_after(tell_of_late_refunds)

    assert len(told) == 1
    assert told[0].startswith("Twiza: 78 DH kan khass trje3")
    assert texts_after(tell_of_late_refunds) == []
    assert list(returns_to(market.saffron_cooperative)) == [returned, refunded]
    assert list(returns_from(market.national)) == [returned]
