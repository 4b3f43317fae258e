"""After the yes: the deposit first, then the goods by lots; each dirham once, and no jar that is promised elsewhere."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.quotes.test_quotes import ANNE, SALMA, asked, offer
from tests.jobs import run_jobs
from twiza.domain.inventory.errors import OutOfStock
from twiza.domain.inventory.selectors import stock_faults, what_is_left
from twiza.domain.inventory.services import recall_lot, receive_lot, withdraw_recall
from twiza.domain.quotes.errors import DepositMissing, MoreThanOwed, QuoteNotAccepted, ReceivedOnNotPossible
from twiza.domain.quotes.models import Quote, QuoteReceipt
from twiza.domain.quotes.rules import deposit_of
from twiza.domain.quotes.selectors import account_of, askers_sent
from twiza.domain.quotes.services import Asker, accept_quote, answer_quote
from twiza.domain.quotes.services.fulfilling import record_receipt, send_quote
from twiza.foundation.messaging.models import Message
from twiza.kit import clock
from twiza.kit.errors import NotFound


def accepted(market, quantity: int = 20, percent: int = 30, asker=SALMA) -> Quote:
    quote = answer_quote(asked(market, quantity, "MA", asker), offer(deposit_percent=percent), by=market.fatima)
    return accept_quote(quote, expected_total_centimes=quote.total_centimes)


def receive(market, quote: Quote, centimes: int, **changed) -> QuoteReceipt:
    said = {"how": "transfer", "received_on": clock.today(), "by": market.fatima, "form_key": uuid4(), **changed}
    return record_receipt(quote, centimes, **said)


def test_with_the_deposit_it_is_prepared_and_it_leaves_by_lots(market):
    days = {"produced_on": clock.today(), "best_before": clock.today() + timedelta(days=300)}
    lot = receive_lot(market.saffron.pk, 15, by=market.fatima, **days)
    quote = accepted(market, quantity=50)
    assert (quote.total_centimes, quote.deposit_centimes) == (202_500, 60_800)
    receive(market, quote, 20_000)
    run_jobs()
    assert not Message.objects.filter(key=f"quote-deposit:{quote.pk}").exists()
    receive(market, quote, 40_800)

    send_quote(quote, by=market.fatima)
    send_quote(quote, by=market.fatima)
    receive(market, quote, 141_700)

    run_jobs()
    told = Message.objects.filter(to=SALMA.phone).values_list("key", flat=True)
    assert {f"quote-deposit:{quote.pk}", f"quote-sent:{quote.pk}"} <= set(told)
    assert what_is_left([market.saffron.pk])[market.saffron.pk].saleable == 40 + 15 - 50
    account = account_of(Quote.objects.get(pk=quote.pk))
    assert (account.received_centimes, account.owed_centimes) == (202_500, 0)
    assert account.lots == [(lot.code, 10)]
    assert stock_faults() == (3, [])


def test_nothing_leaves_before_the_deposit_nor_beyond_the_shelf(market):
    quote = accepted(market)
    receive(market, quote, 32_399)
    with pytest.raises(DepositMissing, match=r"0\.01"):
        send_quote(quote, by=market.fatima)
    many = accepted(market, quantity=41, percent=0, asker=ANNE)
    with pytest.raises(OutOfStock):
        send_quote(many, by=market.fatima)

    assert set(Quote.objects.values_list("state", flat=True)) == {"accepted"}
    assert what_is_left([market.saffron.pk])[market.saffron.pk].saleable == 40


def test_what_came_is_counted_once_and_never_above_what_is_owed(market):
    quote, key = accepted(market), uuid4()
    assert receive(market, quote, 30_000, form_key=key) == receive(market, quote, 30_000, form_key=key)

    with pytest.raises(MoreThanOwed, match="780"):
        receive(market, quote, 78_001)
    for day in (clock.today() + timedelta(days=1), clock.today() - timedelta(days=1)):
        with pytest.raises(ReceivedOnNotPossible):
            receive(market, quote, 100, received_on=day)
    with pytest.raises(NotFound):
        receive(market, quote, 100, by=market.mina)

    assert list(QuoteReceipt.objects.values_list("amount_centimes", flat=True)) == [30_000]


def test_only_what_was_accepted_is_paid_and_sent(market):
    quote = answer_quote(asked(market, 5, "MA", SALMA), offer(), by=market.fatima)
    with pytest.raises(QuoteNotAccepted):
        receive(market, quote, 100)
    with pytest.raises(QuoteNotAccepted):
        send_quote(quote, by=market.fatima)
    with pytest.raises(NotFound):
        send_quote(quote, by=market.mina)
    assert what_is_left([market.saffron.pk])[market.saffron.pk].saleable == 40


@given(st.integers(1, 10**12), st.integers(0, 100))
def test_a_deposit_is_whole_dirhams_and_never_more_than_all(total, percent):
    deposit = deposit_of(total, percent)
    assert total * percent <= deposit * 100 or deposit == total
    assert deposit <= total
    assert deposit % 100 == 0 or deposit == total
    assert (deposit == 0) == (percent == 0)


def test_a_recall_warns_whoever_was_sent_the_lot_by_a_quote_and_its_end_is_told_too(market, mailoutbox):
    days = {"produced_on": clock.today(), "best_before": clock.today() + timedelta(days=300)}
    lot = receive_lot(market.saffron.pk, 50, by=market.fatima, **days)
    abroad = Asker("Anne", email="anne@example.org")
    for asker, quantity in ((SALMA, 50), (abroad, 20)):  # the first ten of the lot, after what had none, then twenty
        send_quote(accepted(market, quantity, percent=0, asker=asker), by=market.fatima)
    waiting = accepted(market, percent=0, asker=SALMA)
    run_jobs()
    mailoutbox.clear()

    for _again in range(2):
        recall_lot(lot, "spoilt", by=market.fatima)
        run_jobs()

    assert [asker.pieces for asker in askers_sent(lot)] == [20, 10]
    assert waiting not in [asker.quote for asker in askers_sent(lot, widely=True)]
    told = Message.objects.filter(to=SALMA.phone, key__startswith="lot-recalled:")
    assert [message.text.split(":")[0] for message in told] == [f"Twiza, devis {askers_sent(lot)[1].quote.pk}"]
    assert [(mail.to, lot.code in mail.body) for mail in mailoutbox] == [([abroad.email], True)]

    withdraw_recall(lot, "mistake", by=market.fatima)
    run_jobs()
    assert Message.objects.filter(to=SALMA.phone, key__startswith="recall-withdrawn:").count() == 1
    assert len(mailoutbox) == 2
