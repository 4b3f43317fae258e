"""A second bank behind the same conversation: its page is asked for, its notices are believed when they are signed and fit."""

from __future__ import annotations

import io
import json
from contextlib import contextmanager
from types import SimpleNamespace
from urllib.error import HTTPError, URLError

import pytest

from tests.youcan import NOTICE, SHOP, TOKENIZED, post, said_of
from twiza.adapters.payments.youcan_pay import Provider
from twiza.domain.payments.errors import ProviderAway
from twiza.domain.payments.models import Payment, PaymentAttempt, PaymentEvent, Refund
from twiza.domain.payments.provider import Addresses, PaymentFacts
from twiza.domain.payments.services import cancel_unpaid, open_payment
from twiza.kit.network import NetworkInsideTransaction

FACTS = PaymentFacts("group:7", 16_000, "MAD", "ary", "P7X01", Addresses("", "https://shop.example/back", ""), "Salma", "s@x.ma")


@pytest.fixture(autouse=True)
def shop(settings):
    for name, value in SHOP.items():
        setattr(settings, name, value)


def answering(monkeypatch, content: object, status: int = 200) -> list[dict[str, object]]:
    """What they were asked, as they would answer it."""
    asked: list[dict[str, object]] = []

    @contextmanager
    def opened(request, timeout):
        asked.append({"url": request.full_url, **json.loads(request.data)})
        if isinstance(content, Exception):
            raise content
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        yield SimpleNamespace(status=status, read=io.BytesIO(body).read)

    monkeypatch.setattr("twiza.adapters.payments.youcan_pay.forbid_inside_transaction", lambda: None)
    monkeypatch.setattr("twiza.adapters.payments.youcan_pay.build_opener", lambda *_: SimpleNamespace(open=opened))
    return asked


@pytest.fixture
def attempt(db) -> PaymentAttempt:
    payment = open_payment(provider="youcan_pay", reference="group:7", parts={"order:1": 10_000, "order:2": 6_000})
    return PaymentAttempt.objects.create(payment=payment, reference="P7X01", amount_centimes=16_000, currency="MAD")


def state() -> tuple[str, int, int]:
    captured = sum(Payment.objects.get(reference="group:7").allocations.values_list("captured_centimes", flat=True))
    return Payment.objects.get(reference="group:7").state, captured, Refund.objects.count()


def test_the_buyer_goes_to_the_page_of_a_new_token(monkeypatch):
    asked = answering(monkeypatch, TOKENIZED)
    step = Provider().begin(FACTS)

    assert step.redirect_url == f"https://youcanpay.example/sandbox/payment-form/{TOKENIZED['token']['id']}?lang=ar"
    (said,) = asked
    assert (said["url"], said["order_id"], said["amount"]) == ("https://youcanpay.example/sandbox/api/tokenize", "P7X01", 16_000)
    assert (said["currency"], said["success_url"], said["error_url"]) == ("MAD", FACTS.addresses.back, FACTS.addresses.back)


@pytest.mark.parametrize(
    "content",
    [URLError("away"), TimeoutError(), HTTPError("u", 500, "no", {}, None), b"<html>", [], {"token": None}, {"token": {"id": 7}}],
)
def test_without_a_token_it_is_said_that_the_bank_is_away_and_no_key_is_repeated(monkeypatch, content):
    answering(monkeypatch, content)
    with pytest.raises(ProviderAway) as refusal:
        Provider().begin(FACTS)

    assert SHOP["YOUCAN_PAY_PRIVATE_KEY"] not in str(refusal.value)


@pytest.mark.django_db
def test_nobody_goes_out_inside_a_transaction():
    with pytest.raises(NetworkInsideTransaction):
        Provider().begin(FACTS)


def test_what_was_paid_is_taken_once_however_often_it_is_told(client, attempt):
    assert [post(client, said_of(attempt)) for _ in range(3)] == ["take"] * 3
    assert post(client, said_of(attempt, "transaction.failed")) == "heard"
    assert state() == ("captured", 16_000, 0)
    assert PaymentEvent.objects.get(kind="captured").told["event"] == "transaction.paid"


def test_a_failure_leaves_it_waiting_and_what_comes_too_late_is_owed_back(client, attempt):
    assert post(client, said_of(attempt, "transaction.failed")) == "heard"
    assert state() == ("pending", 0, 0)
    assert cancel_unpaid("group:7")
    assert post(client, said_of(attempt)) == "heard"
    assert state() == ("cancelled", 0, 1)


@pytest.mark.parametrize(
    "changed",
    [{"amount": "100"}, {"amount": 160.0}, {"amount": "160.00"}, {"amount": True}, {"currency": "EUR"}, {"order_id": "P0X00"},
     {"order_id": 7}, {"id": None}],
)  # fmt: skip
def test_what_does_not_fit_changes_nothing(client, attempt, changed):
    assert post(client, said_of(attempt, **changed)) == "refused"
    assert (state(), PaymentEvent.objects.exists()) == (("pending", 0, 0), False)


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b'{"event_name":"transaction.refunded"}', b"[" * 20_000, b'{"event_name":[]}']
)
def test_a_signed_notice_that_says_nothing_of_a_payment_is_refused(client, attempt, body):
    assert post(client, body) == "refused"


def test_forged_unsigned_or_live_notices_are_not_believed(client, attempt, settings, caplog):
    body = said_of(attempt)
    assert post(client, body, "another key") == "refused"
    assert client.post(NOTICE, body, content_type="application/json").content == b"refused"
    assert post(client, body.replace(b'"sandbox": true', b'"sandbox": false')) == "refused"
    settings.YOUCAN_PAY_PRIVATE_KEY = ""
    assert post(client, body, "") == "refused"

    assert state() == ("pending", 0, 0)
    assert not any(secret in caplog.text for secret in (str(SHOP["YOUCAN_PAY_PRIVATE_KEY"]), "Salma"))
