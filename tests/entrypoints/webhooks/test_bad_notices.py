"""Notices that come in any order, many at once, changed, doubled or far too late leave the money exact."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client

from tests.bank import NOTICE, SHOP, bank_says, said_of, signed
from tests.jobs import run_jobs
from twiza.domain.payments.models import Allocation, Payment, PaymentAttempt, PaymentEvent, Refund
from twiza.domain.payments.services import begin_payment, cancel_part, open_payment, record_refund

TIMES, AT_ONCE = 100, 8
WORDS = {"ACTION=POSTAUTH", "APPROVED"}


@pytest.fixture(autouse=True)
def shop(settings, monkeypatch):
    monkeypatch.setattr("twiza.adapters.payments.cmi.forbid_inside_transaction", lambda: None)
    for name, value in SHOP.items():
        setattr(settings, name, value)


def begun() -> PaymentAttempt:
    open_payment(provider="cmi", reference="deposit:7", parts={"order:1": 10_000, "order:2": 6_000})
    begin_payment("deposit:7", language="fr")
    return PaymentAttempt.objects.get()


def state() -> tuple[str, list[int], list[tuple[int, bool]]]:
    refunds = [(one.amount_centimes, one.paid_at is not None) for one in Refund.objects.all()]
    captured = list(Allocation.objects.values_list("captured_centimes", flat=True))
    return Payment.objects.get(reference="deposit:7").state, captured, refunds


def posted(client: Client, body: str) -> str:
    return client.post(NOTICE, body, content_type="application/x-www-form-urlencoded").content.decode()


@pytest.mark.django_db(transaction=True)
def test_one_approval_a_hundred_times_at_once_is_taken_once_and_always_answered_alike():
    attempt = begun()
    said = said_of(attempt)

    def post(_time: int) -> str:
        try:
            return Client().post(NOTICE, said).content.decode()
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = set(pool.map(post, range(TIMES)))

    assert answers == {"ACTION=POSTAUTH"}
    assert state() == ("captured", [10_000, 6_000], [])
    assert list(PaymentEvent.objects.values_list("kind", "amount_centimes")) == [("captured", 16_000)]
    run_jobs()  # nothing waits for the tests that follow


@pytest.mark.django_db(transaction=True)
def test_approvals_and_refusals_of_two_tabs_at_once_take_once_and_owe_the_other_back():
    first = begun()
    begin_payment("deposit:7", language="fr")
    second = PaymentAttempt.objects.exclude(pk=first.pk).get()
    notices = [said_of(first), said_of(first, approved=False), said_of(second), said_of(second, approved=False)]

    def post(time: int) -> str:
        try:
            return Client().post(NOTICE, notices[time % len(notices)]).content.decode()
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(post, range(24)))

    assert set(answers) == WORDS
    assert answers.count("ACTION=POSTAUTH") == 6
    assert sorted(PaymentEvent.objects.exclude(kind="failed").values_list("kind", flat=True)) == ["captured", "surplus"]
    assert (state()[0], sum(amount for amount, _paid in state()[2])) == ("captured", 16_000)
    run_jobs()


@pytest.mark.django_db
def test_before_the_browser_is_back_and_after_the_money_went_back_it_is_answered_as_the_first_time(client):
    attempt = begun()
    assert bank_says(client, attempt) == "ACTION=POSTAUTH"
    for part in ("order:1", "order:2"):
        cancel_part(part)
        record_refund(f"cancelled:{part}", how="card", told={})
    before = state()
    assert before == ("captured", [10_000, 6_000], [(10_000, True), (6_000, True)])

    assert [bank_says(client, attempt), bank_says(client, attempt, approved=False)] == ["ACTION=POSTAUTH", "APPROVED"]
    assert state() == before


@pytest.mark.django_db
def test_fields_in_another_order_are_the_same_notice(client):
    said = said_of(begun())

    assert posted(client, urlencode(list(reversed(said.items())))) == "ACTION=POSTAUTH"
    assert posted(client, urlencode(sorted(said.items()))) == "ACTION=POSTAUTH"
    assert PaymentEvent.objects.count() == 1


TWICE = [("amount", "1.00"), ("currency", "978"), ("oid", "P0X00"), ("ProcReturnCode", "51"), ("HASH", "x")]


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "value"), TWICE)
def test_a_field_that_comes_twice_never_counts_for_more_than_what_was_signed(client, name, value):
    said = said_of(begun())

    assert posted(client, urlencode([*said.items(), (name, value)])) == "FAILURE"
    assert (state(), PaymentEvent.objects.exists()) == (("pending", [0, 0], []), False)
    assert posted(client, urlencode([(name, value), *said.items()])) == "ACTION=POSTAUTH"
    assert state() == ("captured", [10_000, 6_000], [])


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["AMOUNT", "Oid", "procreturncode", "hash"])
def test_a_field_again_in_other_letters_is_not_signed(client, name):
    said = said_of(begun())

    assert posted(client, urlencode([*said.items(), (name, "1.00")])) == "FAILURE"
    assert state() == ("pending", [0, 0], [])


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        {"amount": "160"}, {"amount": "160.000"}, {"amount": "-160.00"}, {"amount": "1600.0"}, {"amount": "160,00"},
        {"amount": "\uff11\uff16\uff10.00"},
        {"currency": ""}, {"currency": "840"}, {"oid": ""}, {"oid": "p1"}, {"oid": "P1X' OR 1=1"}, {"clientid": ""},
    ],
)  # fmt: skip
def test_signed_but_for_something_else_moves_nothing(client, change):
    said = {name: value for name, value in said_of(begun()).items() if name != "HASH"}
    answer = posted(client, urlencode(signed({**said, **change})))

    # 160 without cents is the same amount, and only that.
    assert answer == ("ACTION=POSTAUTH" if change == {"amount": "160"} else "FAILURE")
    assert (state()[0] == "captured") == (change == {"amount": "160"})
