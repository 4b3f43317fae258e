"""The one writer of where a parcel is, and everything that becomes true with it.

Each function takes an order that is locked and may make this step (`states.FULFILMENT`); whoever calls asks that first.
"""

from __future__ import annotations

from collections.abc import Mapping

from twiza.domain.inventory.services import dispatch_stock
from twiza.domain.orders.events import FulfilmentDelivered, FulfilmentHandedOver, FulfilmentLost, FulfilmentRefused, OrderReady
from twiza.domain.orders.models import Fulfilment, Order, ParcelNews, Step
from twiza.domain.orders.rules import is_paid_on_delivery
from twiza.domain.orders.services.cash import expect_cash_of
from twiza.domain.orders.services.errands import begin_errand
from twiza.domain.orders.services.steps import derive_group, record_step, wants_of
from twiza.domain.orders.states import NOT_LEFT
from twiza.domain.payments.services import cancel_part, record_collection
from twiza.foundation.accounts.models import User
from twiza.foundation.events.services import publish
from twiza.kit import clock

_MOMENTS: Mapping[str, str] = {
    Fulfilment.Status.READY: "ready_at",
    Fulfilment.Status.HANDED_OVER: "handed_over_at",
    Fulfilment.Status.REFUSED: "refused_at",
    Fulfilment.Status.DELIVERED: "delivered_at",
}


def pack(order: Order, *, by: User) -> None:
    """The parcel is ready (OrderReady), and a carrier with a network is asked to come for it."""
    _move(order, Fulfilment.Status.READY)
    begin_errand(order)
    record_step(order, Step.What.READY, by=by)
    publish(OrderReady(order_id=order.pk))


def leave(order: Order, *, by: User | None, tracking: str = "") -> None:
    """The parcel left: its goods are neither on hand nor promised any more (FulfilmentHandedOver).

    What its buyer pays at the door is expected of whoever brings it.
    """
    if tracking:
        order.fulfilment.tracking = tracking[:60]
        order.fulfilment.save(update_fields=["tracking"])
    _move(order, Fulfilment.Status.HANDED_OVER)
    dispatch_stock(wants_of(order.lines.all()), by=by)
    expect_cash_of(order)
    record_step(order, Step.What.HANDED_OVER, by=by)
    publish(FulfilmentHandedOver(order_id=order.pk))


def go_alone(order: Order) -> None:
    """Its cooperative sends it itself: it is not part of one parcel with others any more. What was promised and paid stays."""
    order.fulfilment.sent_from = order.fulfilment.bring_by = None
    order.fulfilment.save(update_fields=["sent_from", "bring_by"])


def travel(order: Order, *, by: User | None) -> None:
    """The carrier has it. Nobody is told: the buyer knows since it left."""
    _move(order, Fulfilment.Status.IN_TRANSIT)
    record_step(order, Step.What.IN_TRANSIT, by=by)


def deliver(order: Order, *, by: User | None) -> None:
    """The buyer has it, and paid when it was to be paid on delivery. The order is closed (FulfilmentDelivered).

    One that was fetched leaves and arrives at once.
    """
    if order.fulfilment.status in NOT_LEFT:
        dispatch_stock(wants_of(order.lines.all()), by=by)
        expect_cash_of(order, by_hand=True)
    _move(order, Fulfilment.Status.DELIVERED)
    order.status = Order.Status.CLOSED
    order.save(update_fields=["status"])
    if is_paid_on_delivery(order):
        record_collection(f"order:{order.pk}", provider_reference=f"delivered:{order.pk}", told={"by": by.pk if by else None})
    record_step(order, Step.What.DELIVERED, by=by)
    derive_group(order.group)
    publish(FulfilmentDelivered(order_id=order.pk))


def go_back(order: Order, news: ParcelNews, *, by: User | None) -> None:
    """Nobody took it: nothing is owed for it, and it goes back to the cooperative (FulfilmentRefused)."""
    _move(order, Fulfilment.Status.REFUSED)
    _owe_nothing(order)
    record_step(order, Step.What.REFUSED, by=by)
    publish(FulfilmentRefused(news_id=news.pk))


def get_lost(order: Order, *, by: User | None) -> None:
    """It is nowhere: nothing is owed for it (FulfilmentLost). What was in it stays gone from the stock."""
    _move(order, Fulfilment.Status.LOST)
    _owe_nothing(order)
    record_step(order, Step.What.LOST, by=by)
    publish(FulfilmentLost(order_id=order.pk))


def come_back(order: Order, *, by: User) -> None:
    """The cooperative has it again."""
    _move(order, Fulfilment.Status.RETURNED)
    record_step(order, Step.What.RETURNED, by=by)


def never_leave(order: Order) -> None:
    """The cooperative declined: there will be no parcel."""
    _move(order, Fulfilment.Status.CANCELLED)


def _move(order: Order, status: str) -> None:
    fulfilment = order.fulfilment
    fulfilment.status = status
    moment = _MOMENTS.get(status)
    if moment:
        setattr(fulfilment, moment, clock.now())
    fulfilment.save(update_fields=["status", moment] if moment else ["status"])


def _owe_nothing(order: Order) -> None:
    """A parcel that was refused and then lost was not owed before."""
    if order.status == Order.Status.ACCEPTED:
        order.status = Order.Status.UNDELIVERED
        order.save(update_fields=["status"])
        cancel_part(f"order:{order.pk}")
        derive_group(order.group)
