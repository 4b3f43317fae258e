"""Notices of YouCan Pay as tests send them, in the shape that is public, signed with the key of the tests."""

from __future__ import annotations

import json
from typing import Any

from twiza.adapters.payments.youcan_pay import signature_of
from twiza.domain.payments.models import PaymentAttempt

SHOP = {
    "PAYMENT_PROVIDERS": ["cash_on_delivery", "youcan_pay"],
    "YOUCAN_PAY_URL": "https://youcanpay.example/sandbox",
    "YOUCAN_PAY_PRIVATE_KEY": "pri_sandbox_of_the_tests",
}
NOTICE = "/webhooks/payments/youcan_pay/notice"
TOKENIZED = {"token": {"id": "31b72661-e51f-4cb3-8aec-d990aec3ae63"}, "transaction_id": "b1d8"}


def said_of(attempt: PaymentAttempt, event: str = "transaction.paid", **changed: object) -> bytes:
    """What they post of this attempt."""
    transaction = {
        "id": f"tx-{attempt.pk}-{event}", "status": 1, "order_id": attempt.reference, "amount": str(attempt.amount_centimes),
        "currency": attempt.currency, "created_at": "2026-11-23T10:42:07.000000Z",
    }  # fmt: skip
    payload = {"token": TOKENIZED["token"], "customer": {"name": "Salma"}, "transaction": {**transaction, **changed}}
    return json.dumps({"id": "f9dc2ad2", "event_name": event, "sandbox": True, "payload": payload}).encode()


def post(client: Any, body: bytes, key: str = SHOP["YOUCAN_PAY_PRIVATE_KEY"]) -> str:  # type: ignore[assignment]
    """Posts it; the word we answer."""
    headers = {"x-youcanpay-signature": signature_of(body, key)}
    return client.post(NOTICE, body, content_type="application/json", headers=headers).content.decode()
