"""Kannel on the same machine or beside it: over it, operators' lines (SMPP) and modems send our texts and hear what people write.

It tells us by GET, under an address that only it knows. Its answers have no number for a text, so we give it our own key.
"""

from __future__ import annotations

import base64
import binascii
import hmac
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Literal

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
from twiza.kit.asking import NoAnswer, NotReached, ask
from twiza.kit.phone import read_phone

# `max-messages` of its configuration: it cuts what is longer, and says that all is well.
MOST_PARTS = 10
UNITS_OF_A_PART = 67
# Delivered, not delivered, not taken by the operator. Its other reports tell nothing that we do not know.
ASKED_ABOUT = "19"
STATES: dict[str, Literal["sent", "delivered", "failed"]] = {
    "1": "delivered", "2": "failed", "4": "sent", "8": "sent", "16": "failed",
}  # fmt: skip


class Gateway:
    code = "kannel"
    needs: tuple[str, ...] = ("KANNEL_URL", "KANNEL_PASSWORD", "KANNEL_SECRET")
    pace: Pace | None = None

    def send(self, text: OutgoingText) -> Sent:
        """Said in which alphabet: left to itself it would write `?` for what it does not know. The password is in no address."""
        if missing := [name for name in self.needs if not getattr(settings, name)]:
            raise TextNotSent(f"not set: {', '.join(missing)}", permanent=False)
        if len(text.parts) > MOST_PARTS:
            raise TextNotSent(f"{len(text.parts)} parts, and Kannel would cut it after {MOST_PARTS}", permanent=True)
        headers = {
            "X-Kannel-Username": settings.KANNEL_USER,
            "X-Kannel-Password": settings.KANNEL_PASSWORD,
            "X-Kannel-From": settings.KANNEL_FROM,
            "X-Kannel-To": text.to,
            "X-Kannel-Coding": "2" if text.encoding == "ucs2" else "0",
            "X-Kannel-DLR-Mask": ASKED_ABOUT,
            "X-Kannel-DLR-Url": _told_at(text.key),
            "Content-Type": "text/plain; charset=UTF-8",
        }
        try:
            answer = ask("POST", settings.KANNEL_URL, text=_body(text).encode(), headers=headers)
        except NotReached as trouble:
            raise TextNotSent(f"not reached: {trouble}", permanent=False) from None
        except NoAnswer as silence:
            raise TextInDoubt(str(silence), reference=text.key) from None
        if answer.status in {HTTPStatus.OK, HTTPStatus.ACCEPTED}:
            return Sent(text.key)
        raise TextNotSent(f"answer {answer.status}: {answer.body[:120].decode('utf-8', 'replace').strip()}", permanent=False)

    def read_inbound(self, notice: Notice) -> InboundNotice:
        """Its `id` is the same when it tells a text again because we were away."""
        told = _trusted(notice)
        sender = told.get("from", "").strip()
        if not told.get("id") or not sender or "text" not in told:
            raise NoticeRefused("`id`, `from` and `text` are needed.")
        charset = told.get("charset", "").upper()
        if charset.startswith("UTF-16"):
            raise NoticeRefused("This is not UTF-8: `mo-recode = true` is missing in the group smsbox.")
        # Settings and pictures for telephones come as octets; they are no words.
        words = told["text"] if charset in {"", "UTF-8"} else ""
        return InboundNotice(told["id"], read_phone(sender) or sender, words, _moment(told.get("at", "")))

    def read_receipt(self, notice: Notice) -> ReceiptNotice:
        """What became of a text; of a long one, of its first part, because Kannel asks about no other."""
        told = _trusted(notice)
        reference, state = _key(told.get("about", "")), STATES.get(told.get("type", ""))
        if not reference or state is None:
            raise NoticeRefused("`about` and a `type` of 1, 2, 4, 8 or 16 are needed.")
        return ReceiptNotice(reference, state, raw={name: told[name][:200] for name in ("type", "answer") if name in told})


def _body(text: OutgoingText) -> str:
    """Kannel would cut a character of two units in half where a part ends: a space moves it into the next part, as we counted."""
    if text.encoding != "ucs2" or len(text.parts) == 1:
        return text.text
    *full, last = text.parts
    return "".join(part.ljust(len(part) + UNITS_OF_A_PART - _units(part)) for part in full) + last


def _units(text: str) -> int:
    return len(text.encode("utf-16-be")) // 2


def _told_at(key: str) -> str:
    """Without a percent sign of ours: to Kannel it begins what it fills in."""
    about = base64.urlsafe_b64encode(key.encode()).decode().rstrip("=")
    return f"{settings.KANNEL_TELLS}/webhooks/sms/kannel/{settings.KANNEL_SECRET}/receipt?about={about}&type=%d&answer=%A"


def _key(about: str) -> str:
    try:
        return base64.urlsafe_b64decode(about + "=" * (-len(about) % 4)).decode()
    except (binascii.Error, ValueError):
        return ""


def _trusted(notice: Notice) -> dict[str, str]:
    """What it says, once it has said what only it knows."""
    secret = settings.KANNEL_SECRET
    if not secret or not hmac.compare_digest(secret.encode(), notice.secret.encode()):
        raise NoticeRefused("The path is not the one in KANNEL_SECRET.")
    return dict(notice.fields)


def _moment(words: str) -> datetime | None:
    """As `2026-11-22 09:00:00`, in UTC."""
    try:
        return datetime.strptime(words, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        return None
