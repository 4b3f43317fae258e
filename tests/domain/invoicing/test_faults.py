"""Every paper is read again: what is missing, changed or wrongly summed is found; what is missing is issued."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from tests.domain.aftersales.test_returns import days_later, delivered
from tests.domain.invoicing.test_papers import asks_tax, invoice, refunded_for, sent_back_whole
from tests.domain.invoicing.test_selectors import forge
from twiza.domain.invoicing.models import Paper
from twiza.domain.invoicing.selectors import PAPER_COLUMNS, invoice_faults, paper_rows, rates_in
from twiza.domain.invoicing.services import issue_what_is_missing
from twiza.domain.orders.models import Fulfilment, OrderGroup
from twiza.kit import clock


def found() -> set[str]:
    return {fault["fault"] for fault in invoice_faults()[1]}


def test_what_was_issued_is_without_fault(market):
    asks_tax(market.saffron_cooperative)
    refunded_for(market, delivered(market), 1003)
    sent_back_whole(market, delivered(market))

    assert invoice_faults() == (4, [])


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("total_centimes = total_centimes + 1", {"columns", "sums", "order"}),
        ("snapshot = jsonb_set(snapshot, '{buyer,name}', '\"Karim\"')", {"fingerprint"}),
        ("number = 9", {"columns", "gap", "chain", "end"}),
        ("previous_fingerprint = repeat('a', 64)", {"columns", "chain"}),
    ],
)
def test_what_was_forged_is_named(market, change, fault):
    invoice(market, 1)
    invoice(market, 2)
    forge(change)

    assert found() == fault


def test_a_paper_that_was_taken_out_leaves_a_gap(market):
    first = invoice(market, 1)
    invoice(market, 2)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("DELETE FROM invoicing_paper WHERE id = %s", [first.pk])
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")

    assert found() == {"gap", "chain"}


def test_the_last_paper_is_missed_too(market):
    invoice(market)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("DELETE FROM invoicing_paper")
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")

    assert found() == {"end"}


def test_what_is_missing_is_named_after_an_hour_and_issued_once(market, monkeypatch):
    order = delivered(market)
    assert invoice_faults() == (0, [])
    Fulfilment.objects.update(delivered_at=clock.now() - timedelta(hours=2))

    assert invoice_faults() == (0, [{"fault": "missing", "cause": f"order:{order.pk}"}])
    assert issue_what_is_missing() == 1
    assert issue_what_is_missing() == 0
    assert invoice_faults() == (1, [])


def test_credit_notes_are_caught_up_with(market, monkeypatch):
    credit = sent_back_whole(market, delivered(market))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("DELETE FROM invoicing_paper WHERE id = %s", [credit.pk])
        cursor.execute("UPDATE invoicing_invoiceseries SET last = 1, last_fingerprint = %s", [credit.previous_fingerprint])
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
    days_later(monkeypatch, 1)

    assert found() == {"missing"}
    assert issue_what_is_missing() == 1
    assert Paper.objects.get(cause=credit.cause).total_centimes == credit.total_centimes
    assert found() == set()


def test_the_command_says_so_as_json(market):
    invoice(market)
    said = StringIO()
    call_command("verify_invoices", "--json", stdout=said)
    assert json.loads(said.getvalue()) == {"checked": 1, "faults": []}

    forge("total_centimes = 1")
    with pytest.raises(SystemExit):
        call_command("verify_invoices", stdout=said)


def test_rows_for_the_accountant_are_exact_and_run_nothing(market):
    asks_tax(market.saffron_cooperative)
    order = delivered(market)
    OrderGroup.objects.filter(pk=order.group_id).update(buyer_name="=cmd()")
    credit = sent_back_whole(market, order)
    papers = list(Paper.objects.all())

    assert rates_in(papers) == [20]
    first, second = paper_rows(papers, [20])
    assert len(first) == len(PAPER_COLUMNS) + 3
    assert first[PAPER_COLUMNS.index("buyer")] == "'=cmd()"
    assert second[PAPER_COLUMNS.index("corrects")] == credit.corrects.label
    assert [f"-{amount}" for amount in first[8:11]] == second[8:11]
    without, tax, total = (int(amount.replace(",", "")) for amount in first[8:11])
    assert without + tax == total == credit.total_centimes
