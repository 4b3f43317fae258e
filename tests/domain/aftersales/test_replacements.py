"""What was wrong is sent again: promised, packed by lot, sent and delivered, at no price."""

from __future__ import annotations

import pytest

from tests.domain.aftersales.test_complaints import NOTHING, in_souk, opened
from tests.domain.aftersales.test_returns import on_hand, texts_after
from twiza.domain.aftersales.errors import ComplaintSettled, NothingToReplaceWith
from twiza.domain.aftersales.models import Complaint, Replacement
from twiza.domain.aftersales.selectors import lines_to_complain_of
from twiza.domain.aftersales.services import (
    Settlement,
    accept_answer,
    answer_complaint,
    decide_complaint,
    dispute_answer,
    give_up_replacement,
    open_complaint,
    record_replacement_delivered,
    send_replacement,
)
from twiza.domain.inventory.models import StockLevel
from twiza.domain.inventory.selectors import lots_sent_with, stock_faults
from twiza.domain.inventory.services import count_stock, receive_lot
from twiza.domain.orders.selectors import buyers_sent, earnings_of
from twiza.domain.payments.models import Refund
from twiza.kit import clock
from twiza.kit.errors import NotFound

AGAIN = Settlement("replace", words="Nous en renvoyons.")


def allocated(market) -> int:
    return StockLevel.objects.get(variant=market.saffron).allocated


def agreed(market) -> Complaint:
    return accept_answer(answer_complaint(opened(market), AGAIN, by=market.fatima))


def test_what_is_agreed_to_be_sent_again_is_promised_sent_and_delivered(market):
    complaint = agreed(market)
    before = earnings_of(market.saffron_cooperative)
    assert (complaint.state, on_hand(market), allocated(market)) == ("accepted", 37, 2)

    send_replacement(complaint, tracking="AM1", by=market.fatima)
    assert (on_hand(market), allocated(market)) == (35, 0)
    record_replacement_delivered(complaint, by=market.fatima)

    complaint.refresh_from_db()
    assert (complaint.state, complaint.outcome) == ("closed", "replaced")
    assert Replacement.objects.get().status == "delivered"
    assert (earnings_of(market.saffron_cooperative), Refund.objects.count()) == (before, 0)
    assert stock_faults()[1] == []


def test_what_is_sent_again_is_known_by_its_lot_and_called_back_with_it(market):
    complaint = opened(market)
    count_stock(market.saffron.pk, 0, by=market.fatima)
    lot = receive_lot(market.saffron.pk, 5, produced_on=clock.today(), best_before=None, by=market.fatima)
    complaint = accept_answer(answer_complaint(complaint, AGAIN, by=market.fatima))

    parcel = send_replacement(complaint, by=market.fatima)

    assert lots_sent_with(parcel.cause) == [(lot.code, 2)]
    (buyer,) = buyers_sent(lot)
    assert (buyer.phone, buyer.pieces) == (complaint.line.order.group.buyer_phone, 2)


def test_what_is_not_there_is_not_offered(market):
    complaint = opened(market)
    count_stock(market.saffron.pk, 1, by=market.fatima)

    with pytest.raises(NothingToReplaceWith):
        answer_complaint(complaint, AGAIN, by=market.fatima)

    assert Complaint.objects.get().state == "open"


def test_what_was_sold_before_the_buyer_agreed_is_the_operators_to_decide(market):
    complaint = answer_complaint(in_souk(market), AGAIN, by=market.fatima)
    count_stock(market.saffron.pk, 1, by=market.fatima)

    complaint = accept_answer(complaint)
    assert (complaint.state, complaint.escalation, allocated(market)) == ("escalated", "sold_out", 0)
    assert not Replacement.objects.exists()

    with pytest.raises(NothingToReplaceWith):
        decide_complaint(complaint, AGAIN, by=market.youssef)
    decide_complaint(complaint, Settlement("refund", 7600, "Il n'en reste plus."), by=market.youssef)
    assert Refund.objects.get().amount_centimes == 7600


def test_an_operator_may_decide_that_it_is_sent_again(market):
    complaint = dispute_answer(answer_complaint(in_souk(market), NOTHING, by=market.fatima))

    decide_complaint(complaint, AGAIN, by=market.youssef)

    assert (Replacement.objects.get().quantity, allocated(market)) == (2, 2)


def test_one_that_cannot_be_sent_gives_its_pieces_back_and_goes_to_the_operator(market):
    complaint = agreed(market)

    give_up_replacement(complaint, by=market.fatima)

    complaint.refresh_from_db()
    assert (complaint.state, complaint.escalation) == ("escalated", "sold_out")
    assert (on_hand(market), allocated(market), Replacement.objects.get().status) == (37, 0, "cancelled")


def test_one_that_is_lost_stays_gone_and_goes_to_the_operator(market):
    complaint = agreed(market)
    send_replacement(complaint, by=market.fatima)

    give_up_replacement(complaint, by=market.fatima)

    complaint.refresh_from_db()
    assert (complaint.state, complaint.escalation) == ("escalated", "lost")
    assert (on_hand(market), Replacement.objects.get().status) == (35, "lost")


def test_each_step_is_taken_once_and_by_the_cooperative_alone(market):
    complaint = agreed(market)
    for stranger in (market.karim, market.hajja, market.youssef):
        with pytest.raises(NotFound):
            send_replacement(complaint, by=stranger)
    with pytest.raises(ComplaintSettled):
        record_replacement_delivered(complaint, by=market.fatima)
    send_replacement(complaint, by=market.fatima)
    with pytest.raises(ComplaintSettled):
        send_replacement(complaint, by=market.fatima)
    record_replacement_delivered(complaint, by=market.fatima)
    with pytest.raises(ComplaintSettled):
        give_up_replacement(complaint, by=market.fatima)

    assert (on_hand(market), Replacement.objects.get().status) == (35, "delivered")


def test_what_was_sent_again_may_be_wrong_again(market):
    complaint = agreed(market)
    order = complaint.line.order
    send_replacement(complaint, by=market.fatima)
    assert lines_to_complain_of([order]) == {}
    record_replacement_delivered(complaint, by=market.fatima)

    assert open_complaint(order, complaint.line_id, kind="wrong", pieces=1).state == "open"


def test_the_buyer_is_told_that_it_is_sent_again_and_where_to_say_if_not(market):
    complaint = agreed(market)
    link = f"/fr/orders/{complaint.line.order.group.token}/"

    sent = texts_after(lambda: send_replacement(complaint, tracking="AM1", by=market.fatima))
    arrived = texts_after(lambda: record_replacement_delivered(complaint, by=market.fatima))

    assert [len(sent), len(arrived)] == [1, 1]
    assert "vous renvoie Safran pur (AM1). Vous ne payez rien." in sent[0]
    assert link in sent[0]
    assert link in arrived[0]
