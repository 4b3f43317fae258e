"""What others may hear about payments."""

from __future__ import annotations

from dataclasses import dataclass

from twiza.foundation.events.subscriptions import Event


@dataclass(frozen=True)
class PaymentCaptured(Event):
    """All of it was paid before anything is delivered. `reference` is what it is for, as `group:7`."""

    reference: str


@dataclass(frozen=True)
class RefundOwed(Event):
    """Money that came through a bank is to be given back: of a part that does not come, or because it came too late or twice."""

    refund_id: int
