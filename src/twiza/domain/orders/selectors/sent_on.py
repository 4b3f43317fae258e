"""What neighbours bring to a point that goes on from there as one parcel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from twiza.domain.delivery.carrier import ListedParcel
from twiza.domain.delivery.models import PickupPoint
from twiza.domain.directory.models import Organisation
from twiza.domain.orders.models import Fulfilment, Order, OrderGroup
from twiza.domain.orders.rules import is_paid_on_delivery
from twiza.domain.orders.states import NOT_LEFT, ON_THE_WAY

MOST = 200
MARK = "G"  # before a purchase's number, where a carrier would read it as an order's


@dataclass(frozen=True)
class PartSentOn:
    """Whose it is and under which number; what is collected for it, and its share of the carriage, in centimes."""

    cooperative: str
    number: str
    is_promised: bool
    is_there: bool
    cash_centimes: int
    share_centimes: int


@dataclass(frozen=True)
class ParcelSentOn:
    """One parcel of several cooperatives for one buyer: to whom it goes, what is in it, and by when all of it is to be there."""

    group: OrderGroup
    bring_by: date | None
    parts: tuple[PartSentOn, ...]
    weight_grams: int

    @property
    def number(self) -> str:
        return f"{MARK}{self.group.number}"

    @property
    def there(self) -> tuple[PartSentOn, ...]:
        return tuple(part for part in self.parts if part.is_there)

    @property
    def is_whole(self) -> bool:
        return len(self.there) == len(self.parts)

    @property
    def cash_centimes(self) -> int:
        """Of what is there."""
        return sum(part.cash_centimes for part in self.there)

    @property
    def share_centimes(self) -> int:
        """What whoever sends it on is owed for its carriage by those whose part is there."""
        return sum(part.share_centimes for part in self.there)


def parcels_sent_on_from(point: PickupPoint) -> Sequence[ParcelSentOn]:
    """Those of which a part was accepted and has not left, the first to be brought first. Nobody reads of a buyer before.

    Ask for the point through the viewer first.
    """
    open_parts = Order.objects.filter(
        fulfilment__sent_from=point,
        fulfilment__status__in=NOT_LEFT,
        status__in={Order.Status.PLACED, Order.Status.OFFERED, Order.Status.ACCEPTED},
    )
    known = open_parts.select_related("group__commune__province", "fulfilment")
    gathered: dict[OrderGroup, list[Order]] = {}
    for order in known.order_by("fulfilment__bring_by", "group", "pk")[:MOST]:
        gathered.setdefault(order.group, []).append(order)
    return [_as_one(group, orders) for group, orders in gathered.items() if any(map(_is_promised, orders))]


def _as_one(group: OrderGroup, orders: Sequence[Order]) -> ParcelSentOn:
    there = [order for order in orders if order.fulfilment.status == Fulfilment.Status.READY]
    return ParcelSentOn(
        group,
        orders[0].fulfilment.bring_by,
        tuple(map(_as_part, orders)),
        sum(order.fulfilment.weight_grams for order in there),
    )


def _as_part(order: Order) -> PartSentOn:
    return PartSentOn(
        order.seller_name,
        order.number,
        _is_promised(order),
        order.fulfilment.status == Fulfilment.Status.READY,
        order.total_centimes if is_paid_on_delivery(order) else 0,
        order.carriage_centimes,
    )


def _is_promised(order: Order) -> bool:
    return order.status == Order.Status.ACCEPTED


def listed_as_one(cooperative: Organisation) -> list[ListedParcel]:
    """What a carrier is told of the parcels of several that go on from this cooperative's points: each is one row.

    Ask for the cooperative through the viewer first.
    """
    orders = Order.objects.filter(
        fulfilment__sent_from__cooperative=cooperative,
        status=Order.Status.ACCEPTED,
        fulfilment__status__in={Fulfilment.Status.READY, *ON_THE_WAY},
    )
    gathered: dict[OrderGroup, list[Order]] = {}
    for order in orders.select_related("group__commune", "fulfilment").order_by("group", "pk")[:MOST]:
        gathered.setdefault(order.group, []).append(order)
    return [_as_row(group, those) for group, those in gathered.items()]


def _as_row(group: OrderGroup, orders: Sequence[Order]) -> ListedParcel:
    return ListedParcel(
        reference=f"{MARK}{group.number}",
        receiver=group.receiver_name,
        phone=group.receiver_phone,
        commune=group.commune.name_fr,
        address=group.landmark,
        weight_grams=sum(order.fulfilment.weight_grams for order in orders),
        collect_centimes=sum(order.total_centimes for order in orders if is_paid_on_delivery(order)),
        may_be_opened=all(order.fulfilment.allows_opening for order in orders),
        note=group.note,
    )


def orders_sent_on_as(cooperative: Organisation, references: set[str]) -> dict[str, list[int]]:
    """By such a reference, the orders of the parcel that left one of this cooperative's points."""
    numbers = {reference.removeprefix(MARK) for reference in references if reference.startswith(MARK)}
    sent = Order.objects.filter(
        group__number__in=numbers, fulfilment__sent_from__cooperative=cooperative, fulfilment__status__in=_HEARD_OF
    )
    found: dict[str, list[int]] = {}
    for number, order_id in sent.order_by("pk").values_list("group__number", "pk"):
        found.setdefault(f"{MARK}{number}", []).append(order_id)
    return found


# What still lies at its own cooperative did not leave with the others.
_HEARD_OF = frozenset(Fulfilment.Status.values) - {Fulfilment.Status.PENDING, Fulfilment.Status.CANCELLED}
