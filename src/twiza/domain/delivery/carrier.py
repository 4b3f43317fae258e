"""The port of whoever brings a parcel.

A carrier is one file in `adapters/delivery/` with a `class Carrier`. The conversation is:

1. `quote`: while the buyer looks at the basket, perhaps many times. Given the parcel and the tables we hold.
   It must not go out on the network and must not change anything; a carrier with prices of its own
   brings them into our tables by a job.

A carrier that is told of parcels by lists goes on (`ListingPort`):

2. `write_list`: when the cooperative prints or sends what the carrier is to fetch. Every cell is quoted, and none is a formula.
3. `read_statuses`: when the carrier sends its own list back. Rows that cannot be read are named, never guessed. What was read is
   told to the orders by jobs, one a row: twice, late and in any order, it changes nothing it should not.

A carrier with a network (`NetworkPort`) goes out in its adapter alone, in jobs, never inside a transaction:

2. `book`: once the parcel is packed. The carrier comes for it, and gives its own code and a label. Before a second try we ask
   `find` by our reference: a carrier whose answer did not come may have taken the parcel.
3. `look`: every few hours, what became of it. `read_notice`: the same, when the carrier tells by itself. What it says is kept
   word for word; `what` is empty where the word is not in the adapter's table, and a person reads it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol, runtime_checkable

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
    """A pick-up point that is open: of the cooperative, or of `keeper`, where it hands over its parcels."""

    id: int
    name: str
    commune: str
    landmark: str
    opening: str
    kind: str = "workshop"
    open_on: date | None = None  # the first day on which the parcel can be fetched there
    keeper: str = ""  # whose it is, when it is another's

    @property
    def whole_name(self) -> str:
        """With whose it is, when it is another's."""
        return f"{self.name} ({self.keeper})" if self.keeper else self.name


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
    free_centimes: int = 0  # what the buyer would pay, had not a storefront taken it upon itself
    free_cooperative_centimes: int = 0  # and what of that the cooperative bears
    sent_from: PointRow | None = None  # it is brought there by `open_on`, and goes on as one parcel with others

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


@dataclass(frozen=True)
class ParcelToFetch:
    """What a carrier with a network must know. `reference` is ours, and no other parcel's; places have their French names."""

    reference: str
    from_commune: str
    receiver: str
    phone: str
    commune: str
    address: str
    weight_grams: int
    collect_centimes: int
    may_be_opened: bool
    contents: str
    note: str


@dataclass(frozen=True)
class Booked:
    """The carrier comes for it. `code` is its name of the parcel; `label_url` may be empty."""

    code: str
    label_url: str = ""
    fee_centimes: int | None = None


@dataclass(frozen=True)
class ToldStatus:
    """What a carrier says of a parcel: its own word, and `what` and `reason` as orders name them.

    `is_known` and no `what`: a word that moves nothing, as "announced". Heard again at the same moment it is the same news.
    """

    code: str
    status: str
    is_known: bool
    what: str = ""
    reason: str = ""
    at: datetime | None = None
    note: str = ""


@dataclass(frozen=True)
class CarrierNotice:
    """What came in over HTTP, untouched: the body is what a signature is of. Names of headers in small letters."""

    body: bytes
    headers: Mapping[str, str]


class CarrierTrouble(Exception):
    """`code` says which trouble, `said` what the carrier wrote of it; never a secret, never a telephone."""

    def __init__(self, code: str, said: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.said = said


class CarrierAway(CarrierTrouble):
    """It took nothing. Time may heal."""


class CarrierUnsure(CarrierTrouble):
    """Its answer did not come: it may or may not have taken the parcel."""


class CarrierDeclines(CarrierTrouble):
    """It does not take the parcel as it is: a person has to do something."""


class NoticeNotTrusted(Exception):
    """The notice is not from the carrier, or says nothing we can read; the message says which."""


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
    `keeps_cash`: what a buyer pays at the door is with the carrier until it pays it over; else it is with the cooperative.
    """

    code: str
    name: str | Promise
    is_fetched: bool
    keeps_cash: bool

    def quote(self, parcel: ParcelFacts, tariff: TariffRow | None, points: Sequence[PointRow]) -> list[DeliveryOption]:
        """The ways this carrier offers for the parcel; none when it cannot bring it."""
        ...


@runtime_checkable
class NetworkPort(Protocol):
    """What a carrier with a network answers beside its price. `tells_us` when it also posts notices."""

    tells_us: bool

    def is_set_up(self) -> bool:
        """Whether it has what it needs to be spoken to."""
        ...

    def book(self, parcel: ParcelToFetch) -> Booked:
        """It is asked to fetch the parcel. Raises CarrierAway, CarrierUnsure, CarrierDeclines."""
        ...

    def find(self, reference: str) -> Booked | None:
        """The parcel it already has under our reference. Raises CarrierAway, CarrierDeclines."""
        ...

    def look(self, code: str) -> ToldStatus:
        """What became of its parcel. Raises CarrierAway, CarrierDeclines."""
        ...

    def read_notice(self, notice: CarrierNotice) -> ToldStatus | None:
        """What it posted; None for what is about something else. Raises NoticeNotTrusted."""
        ...
