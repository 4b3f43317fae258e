"""Paid by bank transfer: the order waits for days, says what to write, and lapses when nothing comes."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from tests.bank_account import ACCOUNT, by_transfer, reference_of
from tests.jobs import run_jobs
from twiza.domain.inventory.selectors import saleable_quantities
from twiza.domain.orders.services import look_after_unpaid, remind_of_unpaid
from twiza.domain.payments.models import Payment, PaymentAttempt
from twiza.domain.payments.provider import NextStep, PaymentNotice, TransferAccount, Verdict
from twiza.domain.payments.rules import is_transfer_reference, new_transfer_reference
from twiza.domain.payments.selectors import transfer_slip_for
from twiza.domain.payments.services import begin_payment, hear_of_payment
from twiza.foundation.messaging.models import Message
from twiza.kit import clock


@pytest.fixture(autouse=True)
def account(settings):
    for name, value in ACCOUNT.items():
        setattr(settings, name, value)


def test_one_wrong_digit_or_two_swapped_make_no_reference():
    reference = new_transfer_reference()
    assert is_transfer_reference(reference)
    for place in range(2, len(reference)):
        wrong = {reference[:place] + digit + reference[place + 1 :] for digit in "0123456789"} - {reference}
        swapped = reference[: place - 1] + reference[place] + reference[place - 1] + reference[place + 1 :]
        assert not any(is_transfer_reference(text) for text in wrong)
        assert place == 2 or swapped == reference or not is_transfer_reference(swapped)
    others = ("", "TW", "TW٤٨٢١٧٣٠٥", reference[2:], reference + "0", "WT" + reference[2:])
    assert not any(is_transfer_reference(text) for text in others)


def test_it_is_kept_for_days_and_says_where_to_send_the_money(market):
    group = by_transfer(market, market.honey)
    run_jobs()

    assert (group.status, group.pay_before - group.placed_at > timedelta(days=4, hours=23)) == ("unpaid", True)
    assert saleable_quantities([market.honey.pk])[market.honey.pk] == 9
    assert not Message.objects.exists()
    slip = transfer_slip_for(group.payment_reference)
    assert slip.account == TransferAccount("Twiza SARL", ACCOUNT["TRANSFER_RIB"], "CIH")
    assert slip.account.shown_rib == "230 780 2026112300000017 58"
    assert (slip.amount_centimes, slip.reference.replace(" ", "")) == (group.total_centimes, reference_of(group))


def test_looked_at_again_it_is_the_same_transfer(market):
    group = by_transfer(market, market.honey)
    steps = {begin_payment(group.payment_reference, language="fr") for _ in range(2)}

    assert (steps, PaymentAttempt.objects.count()) == ({NextStep(account=transfer_slip_for(group.payment_reference).account)}, 1)


def test_the_buyer_is_told_once_what_to_write_and_by_when(market):
    group = by_transfer(market, market.honey)
    with time_machine.travel(clock.now() + timedelta(minutes=6), tick=False):
        assert [remind_of_unpaid() for _ in range(2)] == [1, 0]
        run_jobs()

    (text,) = Message.objects.values_list("text", flat=True)
    assert f"virez 155 DH en écrivant {transfer_slip_for(group.payment_reference).reference} sur le virement" in text
    assert (f"{group.pay_before:%d/%m}" in text, f"/orders/{group.token}/" in text) == (True, True)


def test_without_money_it_lapses_after_those_days_and_no_account_is_shown_any_more(market):
    group = by_transfer(market, market.honey)
    with time_machine.travel(clock.now() + timedelta(days=4), tick=False):
        assert look_after_unpaid() == 0
    with time_machine.travel(clock.now() + timedelta(days=5, minutes=1), tick=False):
        assert look_after_unpaid() == 1
        run_jobs()

    group.refresh_from_db()
    assert (group.status, transfer_slip_for(group.payment_reference)) == ("cancelled", None)
    assert saleable_quantities([market.honey.pk])[market.honey.pk] == 10
    assert "n'a pas été payée à temps" in Message.objects.latest("pk").text


def test_what_was_promised_comes_as_many_days_later_as_the_money(market):
    group = by_transfer(market, market.honey)
    fulfilment = group.orders.get().fulfilment
    days = (clock.today() + timedelta(days=3), clock.today() + timedelta(days=5))
    fulfilment.promised_from, fulfilment.promised_until = days
    fulfilment.save()
    with time_machine.travel(clock.now() + timedelta(days=2), tick=False):
        hear_of_payment("bank_transfer", PaymentNotice(reference_of(group), "approved", group.total_centimes, "MAD", "line-1"))
        run_jobs()

    fulfilment.refresh_from_db()
    assert (fulfilment.promised_from, fulfilment.promised_until) == tuple(day + timedelta(days=2) for day in days)


def test_once_the_money_is_there_the_cooperatives_are_asked(market):
    group = by_transfer(market, market.honey)
    said = PaymentNotice(reference_of(group), "approved", group.total_centimes, "MAD", "line-1")
    assert [hear_of_payment("bank_transfer", said) for _ in range(2)] == [Verdict.TAKE, Verdict.TAKE]
    run_jobs()

    group.refresh_from_db()
    assert (group.status, Payment.objects.get().state) == ("placed", "captured")
    assert group.confirmed_at is not None
