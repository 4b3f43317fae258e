"""Something is wrong with what arrived: it is said, answered in time, agreed or decided, and the money goes back once."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tests.domain.aftersales.test_returns import days_later, delivered, lines_of, on_hand, texts_after, whole
from tests.jobs import run_jobs
from twiza.domain.aftersales.errors import (
    ComplaintSettled,
    MoreThanOrdered,
    NothingToComplainOf,
    ReasonMissing,
    RefundAbovePaid,
)
from twiza.domain.aftersales.models import Complaint
from twiza.domain.aftersales.rules import working_days_after
from twiza.domain.aftersales.selectors import (
    complaint_behind,
    complaint_over,
    complaint_to,
    complaints_over,
    complaints_to,
    left_to_refund,
    open_complaints_to,
    photo_of,
)
from twiza.domain.aftersales.services import (
    Settlement,
    accept_answer,
    answer_complaint,
    ask_return,
    decide_complaint,
    dispute_answer,
    forget_complaint_photos,
    open_complaint,
    record_refund_for,
    settle_unheard_complaints,
    tell_of_late_refunds,
)
from twiza.domain.delivery.selectors import holidays_since
from twiza.domain.orders.models import OrderLine
from twiza.domain.orders.selectors import earnings_of
from twiza.domain.payments.models import Refund
from twiza.kit import clock
from twiza.kit.errors import NotFound
from twiza.kit.photographs import PhotoRefused

MONEY = Settlement("refund", 5000, "Pardon.")
NOTHING = Settlement("refuse", words="Le bocal est parti entier.")


def opened(market, **said) -> Complaint:
    order = delivered(market)
    return open_complaint(order, lines_of(order)[0], **{"kind": "damaged", "pieces": 2, "words": "Deux cassés.", **said})


def in_souk(market) -> Complaint:
    complaint = opened(market)
    OrderLine.objects.update(storefront=market.souk)
    return Complaint.objects.get(pk=complaint.pk)


def escalated(market) -> Complaint:
    return dispute_answer(answer_complaint(in_souk(market), NOTHING, by=market.fatima))


def picture() -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "#804020").save(file, "PNG")
    file.seek(0)
    return file


def test_a_complaint_waits_three_working_days_for_its_cooperative(market):
    complaint = opened(market)

    assert (complaint.state, complaint.pieces) == ("open", 2)
    assert complaint.answer_due_on == working_days_after(clock.today(), 3, holidays_since(clock.today()))
    assert open_complaints_to(market.saffron_cooperative) == 1


def test_money_that_is_agreed_goes_back_and_closes_it(market):
    complaint = answer_complaint(opened(market), MONEY, by=market.fatima)
    assert not Refund.objects.exists()

    complaint = accept_answer(complaint)
    refund = Refund.objects.get()
    assert (refund.amount_centimes, refund.due_on, refund.paid_at) == (5000, complaint.refund_due_on, None)
    assert (complaint.state, left_to_refund(complaint.line)) == ("accepted", 6400)

    complaint = record_refund_for(complaint, how="cash", by=market.fatima)
    refund.refresh_from_db()
    assert (complaint.state, complaint.outcome, refund.how) == ("closed", "refunded", "cash")
    assert earnings_of(market.saffron_cooperative).received_centimes == complaint.line.order.total_centimes - 5000


def test_a_refusal_that_is_agreed_closes_it_without_money(market):
    complaint = accept_answer(answer_complaint(opened(market), NOTHING, by=market.fatima))

    assert (complaint.state, complaint.outcome) == ("closed", "refused")
    assert not Refund.objects.exists()


def test_no_more_is_offered_than_was_paid_for_the_line(market):
    complaint = opened(market)

    for centimes in (0, 11_401):
        with pytest.raises(RefundAbovePaid):
            answer_complaint(complaint, Settlement("refund", centimes), by=market.fatima)
    with pytest.raises(ReasonMissing):
        answer_complaint(complaint, Settlement("refuse"), by=market.fatima)

    assert Complaint.objects.get().state == "open"
    assert answer_complaint(complaint, Settlement("refund", 11_400), by=market.fatima).state == "offered"


def test_what_goes_back_by_a_return_is_not_given_twice(market):
    order = delivered(market)
    line = order.lines.get()
    complaint = open_complaint(order, line.pk, kind="wrong", pieces=3)
    answer_complaint(complaint, MONEY, by=market.fatima)
    ask_return(order, {line.pk: 3})

    complaint = accept_answer(complaint)

    assert (complaint.state, complaint.outcome) == ("closed", "refunded")
    assert not Refund.objects.exists()


def test_a_return_gives_back_what_a_complaint_left(market):
    order = delivered(market)
    complaint = open_complaint(order, lines_of(order)[0], kind="damaged", pieces=1)
    accept_answer(answer_complaint(complaint, MONEY, by=market.fatima))

    assert ask_return(order, whole(order)).refund_centimes == order.total_centimes - 5000


def test_whoever_does_not_agree_has_the_operator_decide(market):
    complaint = escalated(market)
    assert (complaint.state, complaint.escalation) == ("escalated", "not_agreed")

    with pytest.raises(ReasonMissing):
        decide_complaint(complaint, Settlement("refund", 3800), by=market.youssef)
    complaint = decide_complaint(complaint, Settlement("refund", 3800, "La photo le montre."), by=market.youssef)

    assert (complaint.state, complaint.settled_centimes) == ("accepted", 3800)
    assert Refund.objects.get().amount_centimes == 3800


def test_only_the_operator_of_its_storefront_decides(market):
    complaint = escalated(market)

    for stranger in (market.fatima, market.karim, market.salma):
        with pytest.raises(NotFound):
            decide_complaint(complaint, Settlement("refund", 3800, "Oui."), by=stranger)
    with pytest.raises(NotFound):
        complaint_over(market.national, complaint.pk)

    assert Complaint.objects.get().state == "escalated"


def test_nobody_else_answers_or_reads_it(market):
    complaint = opened(market)

    for stranger in (market.karim, market.hajja, market.youssef):
        with pytest.raises(NotFound):
            answer_complaint(complaint, MONEY, by=stranger)
    with pytest.raises(NotFound):
        complaint_to(market.argan_cooperative, complaint.pk)
    with pytest.raises(NotFound):
        complaint_behind(market.order(market.argan), complaint.pk)
    assert Complaint.objects.get().state == "open"


def test_a_complaint_is_settled_once(market):
    complaint = accept_answer(answer_complaint(opened(market), MONEY, by=market.fatima))

    for again in (
        lambda: answer_complaint(complaint, NOTHING, by=market.fatima),
        lambda: accept_answer(complaint),
        lambda: dispute_answer(complaint),
    ):
        with pytest.raises(ComplaintSettled):
            again()
    record_refund_for(complaint, how="cash", by=market.fatima)
    with pytest.raises(ComplaintSettled):
        record_refund_for(complaint, how="cash", by=market.fatima)
    assert Refund.objects.count() == 1


def test_a_line_is_complained_of_once_and_only_what_arrived(market):
    waiting = market.order(market.saffron).orders.get()
    with pytest.raises(NothingToComplainOf):
        open_complaint(waiting, lines_of(waiting)[0], kind="missing", pieces=1)
    order = delivered(market)
    line = lines_of(order)[0]
    with pytest.raises(MoreThanOrdered):
        open_complaint(order, line, kind="missing", pieces=4)

    open_complaint(order, line, kind="missing", pieces=3)
    with pytest.raises(NothingToComplainOf):
        open_complaint(order, line, kind="missing", pieces=1)
    assert Complaint.objects.count() == 1


def test_after_a_month_it_is_too_late(market, monkeypatch):
    order = delivered(market)
    days_later(monkeypatch, 31)

    with pytest.raises(NothingToComplainOf):
        open_complaint(order, lines_of(order)[0], kind="damaged", pieces=1)


def test_a_photo_is_kept_without_an_address(market, settings, tmp_path):
    settings.ORIGINALS_FOLDER = str(tmp_path)
    complaint = opened(market, photo=picture())

    assert photo_of(complaint)[:2] == b"\xff\xd8"
    with pytest.raises(ValueError, match="no address"):
        _ = complaint.photo.url


def test_a_complaint_with_a_picture_nobody_can_read_is_not_made(market, settings, tmp_path):
    settings.ORIGINALS_FOLDER = str(tmp_path)
    with pytest.raises(PhotoRefused):
        opened(market, photo=io.BytesIO(b"no picture"))

    assert not Complaint.objects.exists()
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_answered_in_time_is_the_operators_once(market, monkeypatch):
    complaint = in_souk(market)
    assert settle_unheard_complaints() == 0
    days_later(monkeypatch, (complaint.answer_due_on - clock.today()).days + 1)

    assert (settle_unheard_complaints(), settle_unheard_complaints()) == (1, 0)

    complaint.refresh_from_db()
    assert (complaint.state, complaint.escalation) == ("escalated", "unanswered")
    assert list(complaints_over(market.souk)) == [complaint]


def test_a_buyer_who_says_nothing_agrees(market, monkeypatch):
    complaint = answer_complaint(opened(market), MONEY, by=market.fatima)
    assert complaint.reply_due_on is not None
    days_later(monkeypatch, (complaint.reply_due_on - clock.today()).days + 1)

    assert (settle_unheard_complaints(), settle_unheard_complaints()) == (1, 0)

    assert Complaint.objects.get().state == "accepted"
    assert Refund.objects.get().amount_centimes == 5000
    assert list(complaints_to(market.saffron_cooperative)) == [complaint]


def test_each_side_is_told_and_neither_reads_the_others_number(market):
    order = delivered(market)
    told = texts_after(lambda: open_complaint(order, lines_of(order)[0], kind="damaged", pieces=1))
    complaint = Complaint.objects.get()
    assert len(told) == 1
    assert told[0].startswith(f"Twiza: talab {order.number}, Safran pur: lli chra kaygoul")

    told += texts_after(lambda: answer_complaint(complaint, MONEY, by=market.fatima))
    assert f"/fr/orders/{order.group.token}/" in told[1]
    told += texts_after(lambda: accept_answer(complaint))
    told += texts_after(lambda: record_refund_for(complaint, how="cash", by=market.fatima))
    assert len(told) == 4
    assert "50 DH" in told[3]
    assert not any("683005001" in text or "683001001" in text for text in told)


def test_the_operator_and_then_both_sides_hear_of_a_dispute(market):
    complaint = answer_complaint(in_souk(market), NOTHING, by=market.fatima)
    market.youssef.memberships.update(receives_texts=True)

    told = texts_after(lambda: dispute_answer(complaint))
    assert len(told) == 1
    assert told[0].startswith("Twiza: une réclamation attend votre décision: Coopérative Zafrane Taliouine")
    told = texts_after(lambda: decide_complaint(complaint, Settlement("refuse", words="Rien ne manque."), by=market.youssef))

    assert len(told) == 2
    assert (Complaint.objects.get().outcome, on_hand(market)) == ("refused", 37)


@given(st.dates(date(2026, 1, 1), date(2030, 1, 1)), st.integers(1, 9), st.sets(st.dates(date(2026, 1, 1), date(2030, 2, 1))))
def test_working_days_are_counted_without_weekends_and_holidays(day, count, holidays):
    last = working_days_after(day, count, holidays)

    after = [day + timedelta(days=days) for days in range(1, (last - day).days + 1)]
    worked = [one for one in after if one.weekday() < 5 and one not in holidays]
    assert (len(worked), worked[-1]) == (count, last)


def test_late_money_is_asked_for_once_of_the_cooperative_and_its_operator(market, monkeypatch):
    complaint = accept_answer(answer_complaint(in_souk(market), MONEY, by=market.fatima))
    market.youssef.memberships.update(receives_texts=True)
    assert tell_of_late_refunds() == 0
    run_jobs()
    days_later(monkeypatch, 16)

    told = texts_after(tell_of_late_refunds)

    assert [text.split()[1:4] for text in told] == [["50", "DH", "kan"], ["Coopérative", "Zafrane", "Taliouine"]]
    assert f"{complaint.refund_due_on:%d/%m}" in told[0]
    assert texts_after(tell_of_late_refunds) == []


def test_pictures_are_forgotten_a_year_after_the_end(market, settings, tmp_path, monkeypatch, django_capture_on_commit_callbacks):
    settings.ORIGINALS_FOLDER = str(tmp_path)
    complaint = accept_answer(answer_complaint(opened(market, photo=picture()), NOTHING, by=market.fatima))
    assert forget_complaint_photos() == 0
    days_later(monkeypatch, 366)

    with django_capture_on_commit_callbacks(execute=True):
        assert forget_complaint_photos() == 1

    assert list(tmp_path.iterdir()) == []
    with pytest.raises(NotFound):
        photo_of(Complaint.objects.get(pk=complaint.pk))
