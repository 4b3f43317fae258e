"""What others may hear about stock."""

from __future__ import annotations

from dataclasses import dataclass

from twiza.foundation.events.subscriptions import Event


@dataclass(frozen=True)
class SoldOut(Event):
    """The last saleable piece was promised."""

    variant_id: int


@dataclass(frozen=True)
class LotRecalled(Event):
    """No piece of it may be sold or used. Published again when a piece left after that."""

    lot_id: int


@dataclass(frozen=True)
class RecallWithdrawn(Event):
    """The lot was recalled wrongly; whoever was told should hear that too."""

    withdrawal_id: int
