"""The port of a way to pay: a conversation with whoever moves the money.

    buyer  wants to pay              → begin(payment)       → `NextStep`: wait, go to a page, post a form to the bank, or
                                                              send the money to an account
    bank   says what became of it    → read_notice(notice)  → `PaymentNotice`; raises `NoticeRefused`
    we     decided what it means     → answer(verdict)      → the words that the bank waits for

A provider is one file in `adapters/payments/` with a `class Provider` that takes no arguments and reads its own settings. It
stores nothing and knows no order.

`begin` is called after the order is placed and committed, outside any transaction, once for each attempt: `attempt` is never
used twice. It may NOT move money. Whatever it raises leaves the order waiting, and the buyer tries again.

`read_notice` is called for every notice that arrives under the provider's code: early, late, twice, in any order, or forged. It
believes nothing before the signature was checked, and answers only what may be kept and shown: no card number, no key. Whether
we know the attempt, and whether the amount is right, is not its business. A bank that has approved is told by our answer
whether to take the money, so an approved notice that is heard again must be answered as it was the first time.

`answer` may NOT decide anything: it only says a `Verdict` in the bank's words.

What a browser brings back from the bank's page is no news: nobody is asked about it, and it moves nothing.

A way without a page, as cash, answers an empty `NextStep` and refuses every notice. A bank transfer refuses them too: it names
the `account`, the attempt gets a reference that a person can copy, and what came is read in the account's statement. No provider
gives money back by itself: a refund that is owed is given back in the bank's own pages, and recorded by whoever did it through
`record_refund`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, Protocol

from django.utils.functional import Promise


@dataclass(frozen=True)
class Addresses:
    """Where the bank tells us (`notice`), where the browser comes back to (`back`), and where the shop is. All absolute."""

    notice: str
    back: str
    shop: str


NOWHERE = Addresses("", "", "")


@dataclass(frozen=True)
class PaymentFacts:
    """`attempt` names this try alone; `reference` is what it is for, as `group:7`. `buyer` and `email` may be empty."""

    reference: str
    amount_centimes: int
    currency: str
    language: str
    attempt: str = ""
    addresses: Addresses = NOWHERE
    buyer: str = ""
    email: str = ""


@dataclass(frozen=True)
class TransferAccount:
    """Whose account it is, its RIB (24 digits, the last two a key), and the bank's name, which may be empty."""

    holder: str
    rib: str
    bank: str = ""

    @property
    def shown_rib(self) -> str:
        """As it stands on a cheque: bank, place, account, key."""
        return " ".join((self.rib[:3], self.rib[3:6], self.rib[6:22], self.rib[22:]))


@dataclass(frozen=True)
class NextStep:
    """What the buyer does now: nothing but wait for the parcel, go to a page, post these fields to a bank's page, or send the
    money to this account."""

    redirect_url: str = ""
    post_to: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    account: TransferAccount | None = None


@dataclass(frozen=True)
class Notice:
    """What came in over HTTP, untouched."""

    body: bytes
    fields: Mapping[str, str]
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PaymentNotice:
    """What a bank says, once its signature was checked. `provider_reference` is the bank's own; `told` holds no secret."""

    attempt: str
    outcome: Literal["approved", "failed"]
    amount_centimes: int
    currency: str
    provider_reference: str
    told: Mapping[str, str] = field(default_factory=dict)


class Verdict(StrEnum):
    """TAKE: the money is for us. HEARD: we know, take nothing. REFUSED: we do not believe it, and nothing was kept."""

    TAKE = "take"
    HEARD = "heard"
    REFUSED = "refused"


class NoticeRefused(Exception):
    """The notice is not from the bank, or says nothing we can read; the message says which, without what was in it."""


class ProviderPort(Protocol):
    """What every `class Provider` in `adapters/payments/` answers. `name` is what an operator who chooses reads; `account` is
    where the buyer's own bank sends the money, for a way that is paid like this."""

    code: str
    name: str | Promise
    is_paid_on_delivery: bool

    @property
    def account(self) -> TransferAccount | None: ...

    def begin(self, payment: PaymentFacts) -> NextStep:
        """Where the buyer goes to pay. Called outside any transaction, once per attempt."""
        ...

    def read_notice(self, notice: Notice) -> PaymentNotice:
        """What the bank says. Raises NoticeRefused for what is not the bank's, or cannot be read."""
        ...

    def answer(self, verdict: Verdict) -> str:
        """The verdict in the bank's words."""
        ...
