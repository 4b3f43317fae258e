"""A telephone with a Moroccan SIM that runs the free app SMS Gateway for Android: it sends our texts and tells what people write.

The app answers at the telephone itself (its local server), or through a server that the telephone asks (the project's or one's
own). It signs what it tells us.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime
from http import HTTPStatus
from typing import Any, Literal
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.utils.timezone import is_aware

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
from twiza.kit.asking import Answer, NoAnswer, NotReached, as_object, ask
from twiza.kit.clock import now
from twiza.kit.phone import read_phone

HALF_AN_HOUR = 1800.0
# A telephone that was off for longer would wake people with what is no longer true.
LIVES_SECONDS = 86_400
CLOCKS_DIFFER_SECONDS = 300
# The app sometimes tells one text twice, each time as another event and some seconds apart.
DOUBLES_WITHIN_SECONDS = 5

STATES: dict[str, tuple[Literal["sent", "delivered", "failed"], str]] = {
    "sms:sent": ("sent", "sentAt"),
    "sms:delivered": ("delivered", "deliveredAt"),
    "sms:failed": ("failed", "failedAt"),
}


class Gateway:
    code = "android"
    needs: tuple[str, ...] = ("ANDROID_SMS_URL", "ANDROID_SMS_SIGNING_KEY")

    def __init__(self) -> None:
        self.pace: Pace | None = Pace(settings.ANDROID_SMS_PARTS_PER_HALF_HOUR, HALF_AN_HOUR)

    def send(self, text: OutgoingText) -> Sent:
        """Under an id made from our key: the same text asked for twice is sent once."""
        reference = str(uuid5(NAMESPACE_URL, f"twiza:{text.key}"))
        asked: dict[str, Any] = {
            "id": reference,
            "phoneNumbers": [text.to],
            "textMessage": {"text": text.text},
            "withDeliveryReport": True,
            "ttl": LIVES_SECONDS,
        }
        if settings.ANDROID_SMS_SIM:
            asked["simNumber"] = settings.ANDROID_SMS_SIM
        try:
            answer = _ask("POST", "/messages", asked)
        except NoAnswer as silence:
            return _looked_up(reference, str(silence))
        return _understood(answer, reference)

    def read_inbound(self, notice: Notice) -> InboundNotice:
        """An event `sms:received`. Its own ids are not unique and a copy has another: the id is made from what was received."""
        event, payload = _signed(notice)
        sender, words = payload.get("sender") or payload.get("phoneNumber"), payload.get("message")
        if event != "sms:received":
            raise NoticeRefused(f"Texts are told here (sms:received), not {event!r}.")
        if not isinstance(sender, str) or not isinstance(words, str):
            raise NoticeRefused("`sender` and `message` are needed.")
        received = str(payload.get("receivedAt") or "")
        once = hashlib.sha256("\n".join((sender, received, words)).encode("utf-8", "replace")).hexdigest()[:40]
        at = _moment(received)
        if at is None:
            raise NoticeRefused("`receivedAt` is not a moment with its offset from UTC.")
        return InboundNotice(once, read_phone(sender) or sender, words, at, DOUBLES_WITHIN_SECONDS)

    def read_receipt(self, notice: Notice) -> ReceiptNotice:
        """An event `sms:sent`, `sms:delivered` or `sms:failed`."""
        event, payload = _signed(notice)
        if event not in STATES:
            raise NoticeRefused(f"What became of our texts is told here, not {event!r}.")
        reference = payload.get("messageId")
        if not isinstance(reference, str) or not reference:
            raise NoticeRefused("`messageId` is missing.")
        state, moment = STATES[event]
        kept = {"event": event, **{name: str(payload[name])[:200] for name in ("reason", "partsCount") if name in payload}}
        return ReceiptNotice(reference, state, _moment(str(payload.get(moment) or "")), kept)


def _understood(answer: Answer, reference: str) -> Sent:
    said = str(answer.as_object().get("message") or "")[:120]
    # It has a text with this id already: the answer to our first question was lost, not the text.
    if answer.status in {HTTPStatus.OK, HTTPStatus.CREATED, HTTPStatus.ACCEPTED, HTTPStatus.CONFLICT}:
        return Sent(reference)
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR and answer.status != HTTPStatus.SERVICE_UNAVAILABLE:
        return _looked_up(reference, f"answer {answer.status}")
    is_wrong_number = answer.status == HTTPStatus.BAD_REQUEST and "phone number" in said.lower()
    raise TextNotSent(f"answer {answer.status}: {said}".rstrip(": "), permanent=is_wrong_number)


def _looked_up(reference: str, trouble: str) -> Sent:
    """It was not clear whether the text was taken: whether the app knows it, is."""
    try:
        answer = _ask("GET", f"/messages/{quote(reference)}")
    except (TextNotSent, NoAnswer):
        raise TextInDoubt(trouble, reference=reference) from None
    if answer.status == HTTPStatus.OK:
        return Sent(reference)
    if answer.status == HTTPStatus.NOT_FOUND:
        raise TextNotSent(f"{trouble}, and the text is not known there", permanent=False)
    raise TextInDoubt(trouble, reference=reference)


def _ask(method: str, path: str, asked: dict[str, Any] | None = None) -> Answer:
    if not settings.ANDROID_SMS_URL:
        raise TextNotSent("ANDROID_SMS_URL is not set", permanent=False)
    headers = {"Authorization": f"Bearer {settings.ANDROID_SMS_TOKEN}"} if settings.ANDROID_SMS_TOKEN else {}
    account = None if headers else (settings.ANDROID_SMS_USER, settings.ANDROID_SMS_PASSWORD)
    try:
        return ask(method, f"{settings.ANDROID_SMS_URL}{path}", json=asked, headers=headers, account=account)
    except NotReached as trouble:
        raise TextNotSent(f"not reached: {trouble}", permanent=False) from None


def _signed(notice: Notice) -> tuple[str, dict[str, Any]]:
    """Event and payload, once the signature over the body and the moment of signing is right and the moment is now."""
    headers = {name.lower(): value for name, value in notice.headers.items()}
    stamp, shown = headers.get("x-timestamp", ""), headers.get("x-signature", "").strip().lower()
    key = settings.ANDROID_SMS_SIGNING_KEY
    meant = hmac.new(key.encode(), notice.body + stamp.encode(), hashlib.sha256).hexdigest()
    if not key or not hmac.compare_digest(meant.encode(), shown.encode()):
        raise NoticeRefused("The signature is not right: is the app's signing key the one in ANDROID_SMS_SIGNING_KEY?")
    if not stamp.isascii() or not stamp.isdigit() or abs(now().timestamp() - int(stamp)) > CLOCKS_DIFFER_SECONDS:
        raise NoticeRefused("It was signed more than five minutes ago, or the telephone's clock is wrong.")
    said = as_object(notice.body) or {}
    payload = said.get("payload")
    if not isinstance(said.get("event"), str) or not isinstance(payload, dict):
        raise NoticeRefused("`event` and `payload` are needed.")
    return said["event"], payload


def _moment(words: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(words)
    except ValueError:
        return None
    return moment if is_aware(moment) else None
