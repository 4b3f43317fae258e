"""Cards, on the page of YouCan Pay.

We ask for a token of one attempt, and the buyer pays on the page of that token. What became of it is told by a webhook, which is
set once in their dashboard: JSON, signed with the private key. What they answer and tell is known from the public programs that
speak with them; a payment in their sandbox comes before the first dirham. They take the money before they tell, so what nobody
waits for any more is owed back.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from http import HTTPStatus
from http.client import HTTPException
from typing import Any, Literal
from urllib.error import URLError
from urllib.parse import quote, urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from twiza.domain.payments.errors import ProviderAway
from twiza.domain.payments.provider import NextStep, Notice, NoticeRefused, PaymentFacts, PaymentNotice, Verdict
from twiza.kit.network import forbid_inside_transaction

PATIENCE_SECONDS = 10
MOST_BYTES = 100_000
LONGEST_KEPT = 60
MOST_DIGITS = 10
LANGUAGES = {"ar": "ar", "ary": "ar", "en": "en"}
SIGNATURE = "x-youcanpay-signature"
OUTCOMES: Mapping[str, Literal["approved", "failed"]] = {"transaction.paid": "approved", "transaction.failed": "failed"}


class _NoRedirects(HTTPRedirectHandler):
    """The key is for one host alone."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


class Provider:
    code = "youcan_pay"
    name: str | Promise = _("By bank card (YouCan Pay)")
    is_paid_on_delivery = False
    account = None

    def __init__(self) -> None:
        self._open = build_opener(_NoRedirects).open

    def begin(self, payment: PaymentFacts) -> NextStep:
        """The page of a new token. Raises ProviderAway when there is none now."""
        forbid_inside_transaction()
        asked = {
            "pri_key": settings.YOUCAN_PAY_PRIVATE_KEY,
            "order_id": payment.attempt,
            "amount": payment.amount_centimes,
            "currency": payment.currency,
            "success_url": payment.addresses.back,
            "error_url": payment.addresses.back,
            "customer": {"name": payment.buyer, "email": payment.email},
        }
        token = self._ask("/api/tokenize", asked).get("token")
        token_id = token.get("id") if isinstance(token, dict) else None
        if not isinstance(token_id, str) or not token_id:
            raise ProviderAway
        language = urlencode({"lang": LANGUAGES.get(payment.language, "fr")})
        return NextStep(redirect_url=f"{settings.YOUCAN_PAY_URL}/payment-form/{quote(token_id, safe='')}?{language}")

    def read_notice(self, notice: Notice) -> PaymentNotice:
        """Nothing of it is believed before its signature, of the body as it came, was checked."""
        _check_signature(notice)
        said = _as_object(notice.body)
        event = str(said.get("event_name", ""))
        outcome = OUTCOMES.get(event)
        if said.get("sandbox") is not None and bool(said["sandbox"]) != ("/sandbox" in settings.YOUCAN_PAY_URL):
            raise NoticeRefused("It is of the sandbox, or we are.")
        payload = said.get("payload")
        told = payload.get("transaction") if isinstance(payload, dict) else None
        if outcome is None or not isinstance(told, dict):
            raise NoticeRefused("It says nothing of a payment.")
        attempt, transaction = told.get("order_id"), told.get("id")
        if not (isinstance(attempt, str) and attempt and isinstance(transaction, str) and transaction):
            raise NoticeRefused("It names no order.")
        return PaymentNotice(
            attempt=attempt[:LONGEST_KEPT],
            outcome=outcome,
            amount_centimes=_centimes(told.get("amount")),
            currency=str(told.get("currency", ""))[:3],
            provider_reference=transaction[:80],
            told={"event": event, "notice": str(said.get("id", ""))[:LONGEST_KEPT]},
        )

    def answer(self, verdict: Verdict) -> str:
        return str(verdict)

    def _ask(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """What they answer, an object. Neither the key nor the answer is repeated when it fails."""
        request = Request(  # noqa: S310 -- the host is the operator's setting, redirects are refused
            f"{settings.YOUCAN_PAY_URL}{path}",
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json", "Accept": "application/json"},
            method="POST",
        )
        try:
            with self._open(request, timeout=PATIENCE_SECONDS) as answer:
                content = answer.read(MOST_BYTES) if answer.status == HTTPStatus.OK else b""
            said = json.loads(content)
        except (URLError, HTTPException, OSError, ValueError) as error:
            raise ProviderAway from error
        return said if isinstance(said, dict) else {}


def signature_of(body: bytes, key: str) -> str:
    """The hexadecimal HMAC-SHA256 of the body as it came."""
    return hmac.new(key.encode(), body, hashlib.sha256).hexdigest()


def _check_signature(notice: Notice) -> None:
    key = settings.YOUCAN_PAY_PRIVATE_KEY
    shown = next((value for name, value in notice.headers.items() if name.lower() == SIGNATURE), "").strip().lower()
    if not (key and shown):
        raise NoticeRefused("It carries no signature.")
    if not hmac.compare_digest(signature_of(notice.body, key).encode(), shown.encode()):
        raise NoticeRefused("Its signature is wrong.")


def _as_object(body: bytes) -> dict[str, Any]:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        raise NoticeRefused("It is no object of JSON.") from None
    if not isinstance(said, dict):
        raise NoticeRefused("It is no object of JSON.")
    return said


def _centimes(amount: object) -> int:
    """Exact, as a number or its digits, or nothing that any order costs."""
    written = str(amount) if isinstance(amount, int | str) and not isinstance(amount, bool) else ""
    return int(written) if written.isascii() and written.isdecimal() and len(written) <= MOST_DIGITS else -1
