"""What a bank posts: believed when it is signed and fits, answered alike when it comes again, and never repeated in a log."""

from __future__ import annotations

import pytest

from tests.bank import NOTICE, SHOP, bank_says, said_of
from twiza.domain.payments.models import Payment, PaymentAttempt, PaymentEvent, Refund
from twiza.domain.payments.services import begin_payment, cancel_part, cancel_unpaid, open_payment

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop(settings, monkeypatch):
    monkeypatch.setattr("twiza.adapters.payments.cmi.forbid_inside_transaction", lambda: None)
    for name, value in SHOP.items():
        setattr(settings, name, value)


@pytest.fixture
def payment():
    return open_payment(provider="cmi", reference="group:7", parts={"order:1": 10_000, "order:2": 6_000})


def attempt_at(payment: Payment) -> PaymentAttempt:
    begin_payment(payment.reference, language="fr")
    return payment.attempts.order_by("-pk")[0]


def state_of(payment: Payment) -> tuple[str, list[int], list[int]]:
    payment.refresh_from_db()
    refunds = Refund.objects.order_by("pk").values_list("amount_centimes", flat=True)
    return payment.state, [part.captured_centimes for part in payment.allocations.all()], list(refunds)


def test_an_approval_is_taken_once_and_answered_alike_when_it_comes_again(payment, client):
    attempt = attempt_at(payment)

    assert [bank_says(client, attempt) for _ in range(3)] == ["ACTION=POSTAUTH"] * 3
    assert state_of(payment) == ("captured", [10_000, 6_000], [])
    assert PaymentEvent.objects.get().told == {
        "Response": "Approved", "ProcReturnCode": "00", "mdStatus": "1", "AuthCode": "123456", "attempt": attempt.reference,
    }  # fmt: skip


def test_refusals_before_and_after_the_approval_change_nothing(payment, client):
    attempt = attempt_at(payment)

    assert bank_says(client, attempt, approved=False) == "APPROVED"
    assert state_of(payment)[0] == "pending"
    assert bank_says(client, attempt) == "ACTION=POSTAUTH"
    assert bank_says(client, attempt, approved=False) == "APPROVED"
    assert state_of(payment) == ("captured", [10_000, 6_000], [])


def test_two_tabs_that_both_pay_are_told_to_take_once_and_the_second_is_owed_back(payment, client):
    first, second = attempt_at(payment), attempt_at(payment)

    assert bank_says(client, second) == "ACTION=POSTAUTH"
    assert [bank_says(client, first) for _ in range(2)] == ["APPROVED"] * 2
    assert state_of(payment) == ("captured", [10_000, 6_000], [16_000])
    assert payment.surpluses.get().amount_centimes == 16_000


def test_what_comes_after_it_was_cancelled_is_kept_and_owed_back(payment, client):
    attempt = attempt_at(payment)
    assert cancel_unpaid("group:7")

    assert bank_says(client, attempt) == "APPROVED"
    assert state_of(payment) == ("cancelled", [0, 0], [16_000])


def test_a_part_that_does_not_come_is_owed_back_exactly(payment, client):
    bank_says(client, attempt_at(payment))
    for _ in range(2):
        cancel_part("order:2")

    assert state_of(payment) == ("captured", [10_000, 6_000], [6_000])
    assert not cancel_unpaid("group:7")


@pytest.mark.parametrize("changed", [{"amount": "1.00"}, {"currency": "978"}, {"oid": "P0X00"}, {"clientid": "1"}])
def test_what_does_not_fit_changes_nothing(payment, client, changed):
    assert bank_says(client, attempt_at(payment), **changed) == "FAILURE"
    assert state_of(payment) == ("pending", [0, 0], [])
    assert not PaymentEvent.objects.exists()


def test_a_wrong_hash_is_logged_without_card_key_or_hash(payment, client, caplog):
    said = {**said_of(attempt_at(payment)), "HASH": "forged"}

    with caplog.at_level("WARNING"):
        answer = client.post(NOTICE, said)

    assert (answer.status_code, answer.content) == (200, b"FAILURE")
    assert "refused" in caplog.text
    assert not any(secret in caplog.text for secret in ("4000", "forged", SHOP["CMI_STORE_KEY"], "Salma"))
    assert state_of(payment) == ("pending", [0, 0], [])


def test_a_way_to_pay_that_is_not_offered_has_no_address(client, settings):
    settings.PAYMENT_PROVIDERS = ["cash_on_delivery"]

    assert client.post(NOTICE, {}).status_code == 404
    assert client.get(NOTICE).status_code == 405
    assert client.post(NOTICE, {"a": "b" * 40_000}).status_code == 413
