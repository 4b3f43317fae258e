"""The same statement by three keepers, and one transfer decided by two, at once."""

from __future__ import annotations

from functools import partial

import pytest

from tests.bank_account import ACCOUNT, by_transfer, reference_of
from tests.domain.inventory.test_lot_races import together
from tests.domain.orders.test_transfers_that_came import csv, payment_of
from tests.jobs import run_jobs
from tests.people import build_market
from twiza.domain.directory.services.entrusting import entrust_register
from twiza.domain.payments.models import PaymentEvent, Refund, StatementLine, TransferShare
from twiza.domain.payments.services import import_statement, settle_line


@pytest.mark.django_db(transaction=True)
def test_a_line_is_known_paid_and_decided_once(settings):
    for name, value in ACCOUNT.items():
        setattr(settings, name, value)
    market = build_market()
    entrust_register(market.operator, by=None)
    sure, unsure = by_transfer(market, market.honey), by_transfer(market, market.argan)
    file = csv((f"VIR {reference_of(sure)}", "155,00"), (f"VIR {reference_of(unsure)}", "200,00"), ("VIR X", "9,00"))

    bring = partial(import_statement, [file], file_name="releve.csv", by=market.youssef)
    assert together([bring, bring, bring]) == ["done"] * 3
    assert (StatementLine.objects.count(), TransferShare.objects.count(), payment_of(sure).state) == (3, 1, "captured")

    line, payment = StatementLine.objects.get(reason="too_much"), payment_of(unsure)
    paid = partial(settle_line, line.pk, [(payment.pk, payment.amount_centimes)], by=market.youssef)
    back = partial(settle_line, line.pk, [], by=market.youssef)
    assert sorted(together([paid, back, paid, back])) == ["done"] + ["transfer_already_settled"] * 3
    assert sum(line.shares.values_list("amount_centimes", flat=True)) == 20_000
    assert PaymentEvent.objects.filter(kind="captured").count() + Refund.objects.count() in {2, 3}
    run_jobs()  # nothing waits for the tests that follow
