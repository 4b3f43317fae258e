"""The port of text messages: a conversation with whoever carries them.

    we       send(text)            → `Sent` with the carrier's reference: it took the text
                                   → raises `TextNotSent`: nobody received it, and nobody will
                                   → raises `TextInDoubt` (or anything else): it may or may not have left
    carrier  a text from somebody  → read_inbound(notice) → `InboundNotice`, which we store once per id
    carrier  what became of ours   → read_receipt(notice) → `ReceiptNotice`

A gateway is one file, `adapters/sms/<code>.py`, with a class called `Gateway` that takes no arguments; it reads its own
settings, of which it `needs` some, and says at which `pace` it may be used. It stores nothing, and calls
`kit.network.forbid_inside_transaction()` before it goes out; `send` may be called by several threads at once. A notice that is
not from the carrier, or cannot be read, raises `NoticeRefused`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from twiza.foundation.messaging.encoding import Encoding
from twiza.foundation.messaging.errors import NoSuchGateway
from twiza.kit.loading import load_class

SHELF = "twiza.adapters.sms"
SIMULATOR = "simulator"


@dataclass(frozen=True)
class OutgoingText:
    """What is handed over: `key` is ours and never changes, so a carrier that can may recognise a repetition."""

    key: str
    to: str
    text: str
    encoding: Encoding
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Sent:
    """The carrier took it. `delivered` when it is already on the phone, so no receipt will follow."""

    reference: str
    delivered: bool = False


@dataclass(frozen=True)
class Notice:
    """What came in over HTTP, untouched: `body` for signatures, `fields` as parsed from a form or the query.

    `secret` stood in the address, where a carrier can sign nothing.
    """

    body: bytes
    fields: Mapping[str, str]
    headers: Mapping[str, str] = field(default_factory=dict)
    secret: str = ""


@dataclass(frozen=True)
class InboundNotice:
    """Somebody wrote. `id` is the carrier's and unique with it; `sender` is E.164 when it is a telephone.

    A carrier that sometimes tells one text twice under two ids says within how many seconds of `received_at` the same words of
    the same sender are one text.
    """

    id: str
    sender: str
    text: str
    received_at: datetime | None = None
    doubles_within_seconds: int = 0


@dataclass(frozen=True)
class ReceiptNotice:
    """What became of the message the carrier knows as `reference`."""

    reference: str
    state: Literal["sent", "delivered", "failed"]
    at: datetime | None = None
    raw: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Pace:
    """At most so many parts within so many seconds, whichever they are."""

    parts: int
    seconds: float


class Gateway(Protocol):
    code: str
    needs: tuple[str, ...]
    pace: Pace | None

    def send(self, text: OutgoingText) -> Sent: ...

    def read_inbound(self, notice: Notice) -> InboundNotice: ...

    def read_receipt(self, notice: Notice) -> ReceiptNotice: ...


class TextNotSent(Exception):
    """The carrier did not take it. `permanent` when trying again cannot help: a wrong number, a blocked account."""

    def __init__(self, reason: str, *, permanent: bool) -> None:
        super().__init__(reason)
        self.permanent = permanent


class TextInDoubt(Exception):
    """The carrier fell silent: the text may have left. With the `reference` under which a receipt would speak of it, if known."""

    def __init__(self, reason: str, *, reference: str = "") -> None:
        super().__init__(reason)
        self.reference = reference


class NoticeRefused(Exception):
    """The notice is not from the carrier or says nothing we can read; the message says which."""


def gateway_called(code: str) -> Gateway:
    """The gateway behind a code (a file of the shelf) or a dotted path. Raises NoSuchGateway."""
    try:
        found: Gateway = load_class(SHELF, code, "Gateway")()
    except (ModuleNotFoundError, AttributeError) as missing:
        raise NoSuchGateway(code=code) from missing
    return found
