"""From the workshop to the door: what the cooperative says of its parcel by a button or a text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from twiza.domain.directory.rules import answers_for
from twiza.domain.orders.errors import AlreadyDone, NotAcceptedYet, NotReadyYet, NotWeighedYet
from twiza.domain.orders.locking import lock_order
from twiza.domain.orders.models import Fulfilment, Order, ParcelDriver
from twiza.domain.orders.services.parcels import deliver, go_alone, leave, pack
from twiza.domain.orders.states import FULFILMENT, NOT_ASKED, NOT_PROMISED
from twiza.foundation.accounts.models import User
from twiza.kit.errors import NotFound


@dataclass(frozen=True)
class DriverDetails:
    """Who takes a parcel along, and where and when its buyer meets him. The phone with its country, as `+2126…`."""

    name: str
    phone: str
    arrives_where: str
    arrives_at: datetime
    plate: str = ""


@transaction.atomic
def mark_order_ready(order: Order, *, by: User) -> Order:
    """The parcel is packed. A buyer who fetches it is told to come (OrderReady).

    Raises NotAcceptedYet, AlreadyDone, NotWeighedYet; NotFound when `by` does not speak for the cooperative.
    """
    order = lock_for_step(order, Fulfilment.Status.READY, by)
    if order.waits_for_the_scales:
        raise NotWeighedYet(number=order.number)
    pack(order, by=by)
    return order


@transaction.atomic
def hand_over_order(order: Order, *, by: User, tracking: str = "", driver: DriverDetails | None = None) -> Order:
    """The parcel left: its goods are no longer on hand, the buyer is told (FulfilmentHandedOver).

    A parcel that leaves before the buyer confirmed, or unweighed, is recorded all the same: it is a fact, and what nobody
    weighed costs what it should have. The one who says it is warned by the entrypoint. With a `driver`, the buyer is told
    whom to meet where and when. Raises NotAcceptedYet, AlreadyDone, NotFound.
    """
    order = lock_for_step(order, Fulfilment.Status.HANDED_OVER, by)
    if order.fulfilment.is_sent_on:
        go_alone(order)
    if driver is not None:
        ParcelDriver.objects.create(fulfilment=order.fulfilment, **vars(driver))
    leave(order, by=by, tracking=tracking)
    return order


@transaction.atomic
def record_delivery(order: Order, *, by: User) -> Order:
    """The buyer has it, and paid when it was to be paid on delivery. The order is closed, the buyer told (FulfilmentDelivered).

    Raises NotAcceptedYet, NotReadyYet, AlreadyDone, NotFound.
    """
    order = lock_for_step(order, Fulfilment.Status.DELIVERED, by)
    deliver(order, by=by)
    return order


def lock_for_step(order: Order, status: str, by: User) -> Order:
    """The order, locked, whose parcel may become this by the word of `by`. Call it inside a transaction.

    Raises NotAcceptedYet, NotReadyYet, AlreadyDone; NotFound when `by` does not speak for the cooperative, and for an order
    that it has not heard of because nobody has paid for it yet.
    """
    if not answers_for(by, order.cooperative):
        raise NotFound
    order = lock_order(order.pk)
    now = order.fulfilment.status
    if order.status in NOT_ASKED:
        raise NotFound
    if order.status in NOT_PROMISED:
        raise NotAcceptedYet(number=order.number)
    if status not in FULFILMENT[now]:
        if now == Fulfilment.Status.PENDING:
            raise NotReadyYet(number=order.number)
        raise AlreadyDone(number=order.number, status=order.fulfilment.get_status_display())
    return order
