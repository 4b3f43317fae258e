"""From the workshop to the door."""

from __future__ import annotations

from django.db import transaction

from twiza.domain.directory.rules import answers_for
from twiza.domain.inventory.services import dispatch_stock
from twiza.domain.orders.errors import AlreadyDone, NotAcceptedYet, NotReadyYet, NotWeighedYet
from twiza.domain.orders.events import FulfilmentDelivered, FulfilmentHandedOver, OrderReady
from twiza.domain.orders.locking import lock_order
from twiza.domain.orders.models import Fulfilment, Order, Step
from twiza.domain.orders.services.steps import derive_group, record_step, wants_of
from twiza.domain.orders.states import FULFILMENT
from twiza.domain.payments.services import record_collection
from twiza.foundation.accounts.models import User
from twiza.foundation.events.services import publish
from twiza.kit import clock
from twiza.kit.errors import NotFound


@transaction.atomic
def mark_order_ready(order: Order, *, by: User) -> Order:
    """The parcel is packed. A buyer who fetches it is told to come (OrderReady).

    Raises NotAcceptedYet, AlreadyDone, NotWeighedYet; NotFound when `by` does not speak for the cooperative.
    """
    order = _advance(order, Fulfilment.Status.READY, by)
    if order.waits_for_the_scales:
        raise NotWeighedYet(number=order.number)
    order.fulfilment.ready_at = clock.now()
    order.fulfilment.save(update_fields=["status", "ready_at"])
    record_step(order, Step.What.READY, by=by)
    publish(OrderReady(order_id=order.pk))
    return order


@transaction.atomic
def hand_over_order(order: Order, *, by: User, tracking: str = "") -> Order:
    """The parcel left: its goods are no longer on hand, the buyer is told (FulfilmentHandedOver).

    A parcel that leaves before the buyer confirmed, or unweighed, is recorded all the same: it is a fact, and what nobody
    weighed costs what it should have. The one who says it
    is warned by the entrypoint. Raises NotAcceptedYet, AlreadyDone, NotFound.
    """
    order = _advance(order, Fulfilment.Status.HANDED_OVER, by)
    order.fulfilment.handed_over_at = clock.now()
    order.fulfilment.tracking = tracking[:60]
    order.fulfilment.save(update_fields=["status", "handed_over_at", "tracking"])
    _dispatch(order, by)
    record_step(order, Step.What.HANDED_OVER, by=by)
    publish(FulfilmentHandedOver(order_id=order.pk))
    return order


@transaction.atomic
def record_delivery(order: Order, *, by: User) -> Order:
    """The buyer has it, and paid when it was to be paid on delivery. The order is closed, the buyer told (FulfilmentDelivered).

    Raises NotAcceptedYet, NotReadyYet, AlreadyDone, NotFound.
    """
    order = _advance(order, Fulfilment.Status.DELIVERED, by)
    if order.fulfilment.handed_over_at is None:  # fetched at the workshop: it leaves and arrives at once
        _dispatch(order, by)
    order.fulfilment.delivered_at = clock.now()
    order.fulfilment.save(update_fields=["status", "delivered_at"])
    order.status = Order.Status.CLOSED
    order.save(update_fields=["status"])
    record_collection(f"order:{order.pk}", provider_reference=f"delivered:{order.pk}", told={"by": by.pk})
    record_step(order, Step.What.DELIVERED, by=by)
    derive_group(order.group)
    publish(FulfilmentDelivered(order_id=order.pk))
    return order


def _advance(order: Order, status: str, by: User) -> Order:
    if not answers_for(by, order.cooperative):
        raise NotFound
    order = lock_order(order.pk)
    now = order.fulfilment.status
    if order.status == Order.Status.PLACED:
        raise NotAcceptedYet(number=order.number)
    if status not in FULFILMENT[now]:
        if status == Fulfilment.Status.DELIVERED and now == Fulfilment.Status.PENDING:
            raise NotReadyYet(number=order.number)
        raise AlreadyDone(number=order.number, status=order.fulfilment.get_status_display())
    order.fulfilment.status = status
    return order


def _dispatch(order: Order, by: User) -> None:
    dispatch_stock(wants_of(order.lines.all()), by=by)
