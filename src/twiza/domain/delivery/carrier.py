"""The port of whoever brings a parcel.

A carrier is one file in `adapters/delivery/` with a `class Carrier`. The conversation is:

1. `quote`: while the buyer looks at the basket, perhaps many times. Given the parcel and the tables we hold.
   It must not go out on the network and must not change anything; a carrier with prices of its own
   brings them into our tables by a job.

Later conversations (booking, tracking) are added to this port when a carrier needs them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.utils.functional import Promise


@dataclass(frozen=True)
class ParcelFacts:
    """One cooperative's part of a basket, on its way."""

    zone: str
    weight_grams: int
    is_paid_on_delivery: bool


@dataclass(frozen=True)
class TariffRow:
    """The row of the carrier's table that holds today for the parcel's zone."""

    base_centimes: int
    included_grams: int
    extra_kilogram_centimes: int
    cash_fee_centimes: int
    days_at_least: int
    days_at_most: int
    return_centimes: int = 0
    is_contracted: bool = False


@dataclass(frozen=True)
class PointRow:
    """A pick-up point of the cooperative that is open."""

    id: int
    name: str
    commune: str
    landmark: str
    opening: str
    kind: str = "workshop"
    open_on: date | None = None  # the first day on which the parcel can be fetched there


@dataclass(frozen=True)
class DeliveryOption:
    """One way to get the parcel, with its whole price. `code` is what the buyer's choice is remembered by."""

    code: str
    carrier: str
    price_centimes: int
    cash_fee_centimes: int
    days_at_least: int
    days_at_most: int
    point: PointRow | None = None
    return_centimes: int = 0  # the cooperative pays it when nobody takes the parcel
    arrives_from: date | None = None  # promised days; on its own a carrier does not know them
    arrives_until: date | None = None
    allows_opening: bool = False

    @property
    def total_centimes(self) -> int:
        return self.price_centimes + self.cash_fee_centimes


class CarrierPort(Protocol):
    """What every `class Carrier` in `adapters/delivery/` answers.

    `name` is what an operator who chooses reads. `is_fetched`: the buyer comes for the parcel.
    """

    code: str
    name: str | Promise
    is_fetched: bool

    def quote(self, parcel: ParcelFacts, tariff: TariffRow | None, points: Sequence[PointRow]) -> list[DeliveryOption]:
        """The ways this carrier offers for the parcel; none when it cannot bring it."""
        ...
