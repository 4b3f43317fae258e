"""A bank's notices as tests send them: signed with the key of the tests, in the fields that the bank uses."""

from __future__ import annotations

from typing import Any

from twiza.adapters.payments.cmi import hash_of
from twiza.domain.payments.models import PaymentAttempt

SHOP = {
    "PAYMENT_PROVIDERS": ["cash_on_delivery", "cmi"],
    "CMI_URL": "https://bank.example/fim/est3Dgate",
    "CMI_CLIENT_ID": "600000001",
    "CMI_STORE_KEY": r"TEST|KEY\1",
}
NOTICE = "/webhooks/payments/cmi/notice"


def signed(fields: dict[str, str], key: str = SHOP["CMI_STORE_KEY"]) -> dict[str, str]:
    return {**fields, "HASH": hash_of(fields, key, is_callback=True)}


def said_of(attempt: PaymentAttempt, *, approved: bool = True, **changed: str) -> dict[str, str]:
    """As it was recorded of the bank's test page, with this attempt's number and amount."""
    code = {"ProcReturnCode": "00", "Response": "Approved"} if approved else {"ProcReturnCode": "51", "Response": "Declined"}
    fields = {
        "clientid": str(SHOP["CMI_CLIENT_ID"]),
        "oid": attempt.reference,
        "amount": f"{attempt.amount_centimes / 100:.2f}",
        "currency": "504",
        "TransId": f"26327-{attempt.pk}" if approved else "",
        "AuthCode": "123456" if approved else "",
        "mdStatus": "1",
        "ErrMsg": "" if approved else "Provision insuffisante &amp; refus",
        "maskedCreditCard": "4000 00** **** 0010",
        "EXTRA.CARDBRAND": "VISA",
        "BillToName": "Salma | test \\ &#39;x&#39;",
        "encoding": "UTF-8",
        "storetype": "3D_PAY_HOSTING",
        **code,
        **changed,
    }
    return signed(fields)


def bank_says(client: Any, attempt: PaymentAttempt, *, approved: bool = True, **changed: str) -> str:
    """Posts it; the word we answer."""
    return client.post(NOTICE, said_of(attempt, approved=approved, **changed)).content.decode()
