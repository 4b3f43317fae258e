"""Every centime that came by transfer is in the ledger: what paid, what came too much, what was nobody's, what came too late."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from tests.bank_account import ACCOUNT, by_transfer, reference_of
from tests.domain.orders.test_transfers_that_came import csv, payment_of
from tests.jobs import run_jobs
from twiza.domain.directory.services.entrusting import entrust_register
from twiza.domain.ledger.models import Account, Posting
from twiza.domain.ledger.selectors import ledger_faults
from twiza.domain.orders.selectors import refunds_to_give
from twiza.domain.orders.services import look_after_unpaid
from twiza.domain.payments.models import StatementLine
from twiza.domain.payments.services import import_statement, record_card_refund, settle_line
from twiza.kit import clock


def at_the_bank() -> int:
    return sum(Posting.objects.filter(account__kind=Account.Kind.BANK).values_list("amount_centimes", flat=True))


@pytest.fixture(autouse=True)
def account(settings, market):
    for name, value in ACCOUNT.items():
        setattr(settings, name, value)
    entrust_register(market.operator, by=None)


def test_the_bank_holds_what_the_statement_says(market):
    sure, much, late = (by_transfer(market, one) for one in (market.honey, market.argan, market.saffron))
    lines = [
        (f"VIR {reference_of(sure)}", "155,00"),
        (f"VIR {reference_of(much)}", "200,00"),
        (f"VIR {reference_of(late)}", "10,00"),
        ("VIR X", "9,00"),
    ]
    import_statement([csv(*lines)], file_name="releve.csv", by=market.youssef)
    waiting = {line.words: line for line in StatementLine.objects.filter(state="waiting")}
    for words, shares in (
        (f"VIR {reference_of(much)}", [(payment_of(much).pk, much.total_centimes)]),
        (f"VIR {reference_of(late)}", [(payment_of(late).pk, 1_000)]),
        ("VIR X", []),
    ):
        settle_line(waiting[words].pk, shares, by=market.youssef)
    run_jobs()
    with time_machine.travel(clock.now() + timedelta(days=6), tick=False):
        assert look_after_unpaid() == 1
        run_jobs()

    assert (at_the_bank(), ledger_faults()[1]) == (37_400, [])
    for row in refunds_to_give():
        record_card_refund(row.refund.pk, by=market.youssef)
    run_jobs()
    assert (at_the_bank(), ledger_faults()[1]) == (15_500 + much.total_centimes, [])
