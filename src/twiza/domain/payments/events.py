"""What others may hear about payments."""

from __future__ import annotations

from dataclasses import dataclass

from twiza.foundation.events.subscriptions import Event


@dataclass(frozen=True)
class PaymentCaptured(Event):
    """All of it was paid before anything is delivered. `reference` is what it is for, as `group:7`."""

    reference: str


@dataclass(frozen=True)
class TransferFellShort(Event):
    """A keeper found a part of what a buyer was to transfer: the rest is still waited for."""

    share_id: int


@dataclass(frozen=True)
class CashCollected(Event):
    """The buyer paid at the door: whoever brought the parcel holds the cash and owes it."""

    collection_id: int


@dataclass(frozen=True)
class CashRemitted(Event):
    """A holder handed over cash: it owes less by what came in (`received_centimes`) and by what it kept for itself
    (`kept_centimes`), whatever its rows settle. It went to the market, or to the cooperative that `Remittance.to` names."""

    remittance_id: int


@dataclass(frozen=True)
class RefundOwed(Event):
    """Money that came through a bank is to be given back: of what does not come, comes back or was not right, or because it came
    too late or twice."""

    refund_id: int


@dataclass(frozen=True)
class RefundGiven(Event):
    """It was given back on the card. `reference` says why it was owed, as `return:5`."""

    refund_id: int
    reference: str
