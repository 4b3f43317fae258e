"""What others may hear about quotes."""

from __future__ import annotations

from dataclasses import dataclass

from twiza.foundation.events.subscriptions import Event


@dataclass(frozen=True)
class QuoteAsked(Event):
    quote_id: int


@dataclass(frozen=True)
class QuoteAnswered(Event):
    quote_id: int


@dataclass(frozen=True)
class QuoteRefused(Event):
    quote_id: int


@dataclass(frozen=True)
class QuoteAccepted(Event):
    quote_id: int


@dataclass(frozen=True)
class DepositReceived(Event):
    """What was wanted before anything is prepared is there."""

    quote_id: int


@dataclass(frozen=True)
class QuoteSent(Event):
    """All of it left."""

    quote_id: int


@dataclass(frozen=True)
class QuoteWithdrawn(Event):
    """The cooperative does not offer this price any more."""

    quote_id: int
