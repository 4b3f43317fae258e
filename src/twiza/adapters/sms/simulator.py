"""A gateway without a network: the phones of the demonstration are a page, so what is sent has arrived."""

from __future__ import annotations

from typing import Literal, get_args

from twiza.foundation.messaging.gateway import (
    InboundNotice,
    Notice,
    NoticeRefused,
    OutgoingText,
    Pace,
    ReceiptNotice,
    Sent,
)
from twiza.kit.phone import read_phone

Reported = Literal["sent", "delivered", "failed"]


class Gateway:
    code = "simulator"
    needs: tuple[str, ...] = ()
    pace: Pace | None = None

    def send(self, text: OutgoingText) -> Sent:
        return Sent(reference=f"simulator-{text.key}", delivered=True)

    def read_inbound(self, notice: Notice) -> InboundNotice:
        """A form with `from`, `text` and `id`. An empty text is a text."""
        sender = read_phone(notice.fields.get("from", ""))
        if sender is None:
            raise NoticeRefused("`from` is not a telephone number.")
        if not notice.fields.get("id", "").strip():
            raise NoticeRefused("`id` is missing: without it a repetition could not be told from a new text.")
        if "text" not in notice.fields:
            raise NoticeRefused("`text` is missing.")
        return InboundNotice(id=notice.fields["id"].strip(), sender=sender, text=notice.fields["text"])

    def read_receipt(self, notice: Notice) -> ReceiptNotice:
        """A form with `reference` and `state`: sent, delivered or failed."""
        for state in get_args(Reported):
            if notice.fields.get("state") == state and notice.fields.get("reference"):
                return ReceiptNotice(reference=notice.fields["reference"], state=state, raw=dict(notice.fields))
        raise NoticeRefused("`reference` and a `state` of sent, delivered or failed are needed.")
