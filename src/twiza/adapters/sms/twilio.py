"""Twilio, and whoever speaks as it does: texts go out, and what became of them is told. In Morocco nobody can answer there."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable
from http import HTTPStatus
from typing import Literal
from urllib.parse import parse_qsl, quote, urlencode

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

# Not a number, not one that takes texts, or its owner wrote STOP to that number.
FOR_GOOD = {21211, 21214, 21217, 21610, 21614}
STATES: dict[str, Literal["sent", "delivered", "failed"]] = {
    **dict.fromkeys(("accepted", "scheduled", "queued", "sending", "sent"), "sent"),
    **dict.fromkeys(("delivered", "read"), "delivered"),
    **dict.fromkeys(("undelivered", "failed", "canceled"), "failed"),
}  # fmt: skip


class Gateway:
    code = "twilio"
    needs: tuple[str, ...] = ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_FROM")
    pace: Pace | None = None

    def send(self, text: OutgoingText) -> Sent:
        """Our own key is the reference: it stands in the address where we are told, so a receipt finds a text in doubt too."""
        account, token = settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN
        if missing := [name for name in self.needs if not getattr(settings, name)]:
            raise TextNotSent(f"not set: {', '.join(missing)}", permanent=False)
        is_service = settings.TWILIO_FROM.startswith("MG")
        form = {
            "To": text.to,
            "MessagingServiceSid" if is_service else "From": settings.TWILIO_FROM,
            "Body": text.text,
            "StatusCallback": _told_at(text.key),
        }
        url = f"{settings.TWILIO_URL}/2010-04-01/Accounts/{quote(account, safe='')}/Messages.json"
        try:
            answer = ask("POST", url, form=form, account=(account, token))
        except NotReached as trouble:
            raise TextNotSent(f"not reached: {trouble}", permanent=False) from None
        except NoAnswer as silence:
            raise TextInDoubt(str(silence), reference=text.key) from None
        return _understood(answer, text.key)

    def read_inbound(self, notice: Notice) -> InboundNotice:
        raise NoticeRefused("Nobody answers through this gateway: give people another number.")

    def read_receipt(self, notice: Notice) -> ReceiptNotice:
        """A status callback, signed over the address we gave and every field of the form."""
        about, form = notice.fields.get("about", ""), parse_qsl(notice.body.decode("utf-8", "replace"), keep_blank_values=True)
        shown = {name.lower(): value for name, value in notice.headers.items()}.get("x-twilio-signature", "")
        token = settings.TWILIO_AUTH_TOKEN
        if not token or not hmac.compare_digest(signature(token, _told_at(about), form).encode(), shown.encode()):
            raise NoticeRefused("The signature is not right: is SITE_URL the address that you call?")
        said = dict(form)
        state = STATES.get(said.get("MessageStatus", ""))
        if state is None or not about:
            raise NoticeRefused("`about` and a `MessageStatus` that we know are needed.")
        kept = {name: said[name][:200] for name in ("MessageSid", "MessageStatus", "ErrorCode") if name in said}
        return ReceiptNotice(about, state, raw=kept)


def signature(token: str, url: str, form: Iterable[tuple[str, str]]) -> str:
    """Base64 of the HMAC-SHA1 of the address and, by name, each field with its value."""
    signed = url + "".join(name + value for name, value in sorted(set(form)))
    return base64.b64encode(hmac.new(token.encode(), signed.encode(), hashlib.sha1).digest()).decode()


def _told_at(about: str) -> str:
    return f"{settings.SITE_URL}/webhooks/sms/twilio/receipt?{urlencode({'about': about})}"


def _understood(answer: Answer, reference: str) -> Sent:
    if answer.status in {HTTPStatus.OK, HTTPStatus.CREATED, HTTPStatus.ACCEPTED}:
        return Sent(reference)
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise TextInDoubt(f"answer {answer.status}", reference=reference)
    said = answer.as_object()
    code, words = said.get("code"), str(said.get("message") or "")[:120]
    raise TextNotSent(f"answer {answer.status}, {code}: {words}", permanent=code in FOR_GOOD)
