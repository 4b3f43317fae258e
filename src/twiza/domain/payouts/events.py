"""What others may hear about payouts."""

from __future__ import annotations

from dataclasses import dataclass

from twiza.foundation.events.subscriptions import Event


@dataclass(frozen=True)
class PayoutSent(Event):
    """The bank or the post office has paid it: the money is with the cooperative."""

    payout_id: int
    attempt: int


@dataclass(frozen=True)
class PayoutReturned(Event):
    """The money did not arrive and came back. It is sent again once it is known where to."""

    payout_id: int
    attempt: int
