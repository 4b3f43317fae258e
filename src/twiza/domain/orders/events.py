"""What others may hear about orders."""

from __future__ import annotations

from dataclasses import dataclass

from twiza.foundation.events.subscriptions import Event


@dataclass(frozen=True)
class OrderPlaced(Event):
    """A basket became a group of orders, one per cooperative, and they are asked: at once, or when it was paid first."""

    group_id: int


@dataclass(frozen=True)
class PaymentAwaited(Event):
    """It is to be paid first, and a few minutes later it is not: its buyer may have lost the page."""

    group_id: int


@dataclass(frozen=True)
class OrderLapsed(Event):
    """It was to be paid first, and was not: it is cancelled before its cooperatives heard of it."""

    group_id: int


@dataclass(frozen=True)
class OrderConfirmed(Event):
    """The buyer proved to hold the phone and still wants it."""

    group_id: int


@dataclass(frozen=True)
class OrderUnconfirmed(Event):
    """Its buyer did not confirm in time: it is not sent, and its goods may be sold again."""

    order_id: int


@dataclass(frozen=True)
class OrderAccepted(Event):
    order_id: int


@dataclass(frozen=True)
class OrderDeclined(Event):
    order_id: int


@dataclass(frozen=True)
class PartOffered(Event):
    """The cooperative has only a part, and its buyer is asked."""

    order_id: int


@dataclass(frozen=True)
class PartAnswerGiven(Event):
    """What became of that question (`PartialOffer.State`): the part is taken, left, or lapsed without an answer."""

    order_id: int
    state: str


@dataclass(frozen=True)
class AnswerChased(Event):
    """An answer is awaited for too long, and the next step towards it was taken (`Chase.Step`). Each step once."""

    order_id: int
    step: str


@dataclass(frozen=True)
class OrderReady(Event):
    order_id: int


@dataclass(frozen=True)
class OrderWeighed(Event):
    """What its buyer pays is known now: the real weight of what is weighed."""

    order_id: int
    total_centimes: int


@dataclass(frozen=True)
class FulfilmentHandedOver(Event):
    order_id: int


@dataclass(frozen=True)
class FulfilmentDelivered(Event):
    order_id: int


@dataclass(frozen=True)
class DeliveryMissed(Event):
    """The carrier came and could not give it; it comes again."""

    news_id: int


@dataclass(frozen=True)
class FulfilmentRefused(Event):
    """Nobody took the parcel: nothing is owed for it, and it goes back to the cooperative."""

    news_id: int


@dataclass(frozen=True)
class FulfilmentLost(Event):
    """The parcel is nowhere. Nothing is owed for it."""

    order_id: int


@dataclass(frozen=True)
class CarrierBooked(Event):
    """A carrier with a network comes for a parcel."""

    errand_id: int


@dataclass(frozen=True)
class CarrierNotBooked(Event):
    """A carrier with a network does not come for a parcel: somebody has to bring it, or to have it asked again."""

    errand_id: int
    attempts: int
