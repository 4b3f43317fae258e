"""The port of whoever brings a parcel.

A carrier is one file in `adapters/delivery/` with a `class Carrier`. The conversation is:

1. `quote`: while the buyer looks at the basket, perhaps many times. Given the parcel and the tables we hold.
   It must not go out on the network and must not change anything; a carrier with prices of its own
   brings them into our tables by a job.

A carrier that is told of parcels by lists goes on (`ListingPort`):

2. `write_list`: when the cooperative prints or sends what the carrier is to fetch. Every cell is quoted, and none is a formula.
3. `read_statuses`: when the carrier sends its own list back. Rows that cannot be read are named, never guessed. What was read is
   told to the orders by jobs, one a row: twice, late and in any order, it changes nothing it should not.

A carrier with a network goes out in adapters alone, in jobs, never inside a transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from django.utils.functional import Promise


@dataclass(frozen=True)
class ParcelFacts:
    """One cooperative's part of a basket, on its way."""

    zone: str
    weight_grams: int
    is_paid_on_delivery: bool
    volume_cm3: int = 0  # of what was measured


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
    cm3_per_kilogram: int | None = None


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


@dataclass(frozen=True)
class ListedParcel:
    """What a carrier must know of a parcel. `reference` is how it names it when it answers."""

    reference: str
    receiver: str
    phone: str
    commune: str
    address: str
    weight_grams: int
    collect_centimes: int
    may_be_opened: bool
    note: str


@dataclass(frozen=True)
class HeardStatus:
    """A row of a carrier's list: `what` and `reason` as orders name them."""

    line: int
    reference: str
    what: str
    on: date
    reason: str


@dataclass(frozen=True)
class UnreadRow:
    """A row that says nothing we understand: the code of why, and what stood there."""

    line: int
    code: str
    value: str


def counted_grams(parcel: ParcelFacts, tariff: TariffRow) -> int:
    """What the parcel weighs to the carrier: the more of its weight and of what its size counts as."""
    if not tariff.cm3_per_kilogram:
        return parcel.weight_grams
    return max(parcel.weight_grams, -(-parcel.volume_cm3 * 1000 // tariff.cm3_per_kilogram))


def priced_by_table(code: str, parcel: ParcelFacts, tariff: TariffRow | None) -> list[DeliveryOption]:
    """One option at the price of the table's row; none without a row."""
    if tariff is None:
        return []
    extra_kilograms = -(-max(0, counted_grams(parcel, tariff) - tariff.included_grams) // 1000)
    return [
        DeliveryOption(
            code=code,
            carrier=code,
            price_centimes=tariff.base_centimes + extra_kilograms * tariff.extra_kilogram_centimes,
            cash_fee_centimes=tariff.cash_fee_centimes if parcel.is_paid_on_delivery else 0,
            days_at_least=tariff.days_at_least,
            days_at_most=tariff.days_at_most,
            return_centimes=tariff.return_centimes,
        )
    ]


class ListingPort(Protocol):
    """What a carrier that is told by lists answers beside its price."""

    def write_list(self, parcels: Sequence[ListedParcel]) -> str:
        """The list as a text, its headings first."""
        ...

    def read_statuses(self, file: Path) -> tuple[list[HeardStatus], list[UnreadRow]]:
        """The rows understood, and those that are not. Raises FileUnreadable."""
        ...


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
