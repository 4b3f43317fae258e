"""EnvoiSMS.ma, a Moroccan company with lines to the three operators: texts go out, in dirhams.

How it is asked is known from its own libraries. What its notices look like is published nowhere, so none is read: a text that it
took stays `sent`.
"""

from __future__ import annotations

import hashlib
from http import HTTPStatus
from typing import Any

from django.conf import settings

from twiza.foundation.messaging.gateway import (
    InboundNotice,
    Notice,
    NoticeRefused,
    OutgoingText,
    Pace,
    ReceiptNotice,
    Sent,
    TextInDoubt,
    TextNotSent,
)
from twiza.kit.asking import Answer, NoAnswer, NotReached, ask

# Only a number that is none is refused for good. What is wrong with the account or the sender's name is mended by a person.
FAULTY = {HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY}


class Gateway:
    code = "envoisms"
    needs: tuple[str, ...] = ("ENVOISMS_API_KEY",)
    pace: Pace | None = None

    def send(self, text: OutgoingText) -> Sent:
        """With a key made from ours, for which it sends only once within a day: after a silence it is simply asked again."""
        if not settings.ENVOISMS_API_KEY:
            raise TextNotSent("ENVOISMS_API_KEY is not set", permanent=False)
        asked: dict[str, Any] = {"to": text.to, "message": text.text, "channel": "sms"}
        if settings.ENVOISMS_FROM:
            asked["from"] = settings.ENVOISMS_FROM
        key = hashlib.sha256(text.key.encode()).hexdigest()[:32]
        try:
            return _understood(_ask(asked, key))
        except NoAnswer:
            return self._asked_again(asked, key)

    def _asked_again(self, asked: dict[str, Any], key: str) -> Sent:
        try:
            return _understood(_ask(asked, key))
        except (NoAnswer, TextNotSent) as trouble:
            raise TextInDoubt(str(trouble)) from None

    def read_inbound(self, notice: Notice) -> InboundNotice:
        raise NoticeRefused("Nobody answers through this gateway: give people another number.")

    def read_receipt(self, notice: Notice) -> ReceiptNotice:
        raise NoticeRefused("What became of texts is not read from this gateway.")


def _ask(asked: dict[str, Any], key: str) -> Answer:
    """Raises NoAnswer also for a fault of its own: it may have sent the text."""
    headers = {"Authorization": f"Bearer {settings.ENVOISMS_API_KEY}", "Idempotency-Key": key}
    try:
        answer = ask("POST", f"{settings.ENVOISMS_URL}/v1/messages", json=asked, headers=headers)
    except NotReached as trouble:
        raise TextNotSent(f"not reached: {trouble}", permanent=False) from None
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise NoAnswer(f"answer {answer.status}")
    return answer


def _understood(answer: Answer) -> Sent:
    said = answer.as_object()
    reference = said.get("id")
    if answer.status in {HTTPStatus.OK, HTTPStatus.CREATED, HTTPStatus.ACCEPTED} and isinstance(reference, str) and reference:
        return Sent(reference[:120])
    if answer.status < HTTPStatus.MULTIPLE_CHOICES:
        raise TextInDoubt("taken without an id")
    fault = said.get("error")
    words = f"{fault.get('code')}: {fault.get('message')}"[:120] if isinstance(fault, dict) else "without a word"
    is_wrong_number = answer.status in FAULTY and any(word in words.lower() for word in ("phone", "recipient"))
    raise TextNotSent(f"answer {answer.status}, {words}", permanent=is_wrong_number)
