"""Who holds the cash that a buyer pays at the door, as it follows from how the parcel goes."""

from __future__ import annotations

from twiza.domain.delivery.models import PickupPoint
from twiza.domain.delivery.selectors import keeps_cash
from twiza.domain.orders.models import Fulfilment, Order, ParcelDriver
from twiza.domain.orders.rules import is_paid_on_delivery
from twiza.domain.payments.services import Holder, carrier_holds, cooperative_holds, expect_cash, pickup_point_holds


def expect_cash_of(order: Order, *, by_hand: bool = False) -> None:
    """What its buyer pays at the door is expected of whoever brings the parcel; nothing when it is paid otherwise.

    `by_hand`: the cooperative gives it to the buyer itself, whatever was foreseen.
    """
    if is_paid_on_delivery(order):
        expect_cash(f"order:{order.pk}", holder=_holder_of(order, by_hand), cooperative_id=order.cooperative_id)


def _holder_of(order: Order, by_hand: bool) -> Holder:
    """At another's point its keeper takes the money, and is paid by the carrier for what it sends on. A driver brings it to the
    cooperative that sent him."""
    parcel, seller_id = order.fulfilment, order.cooperative.merged_into_id or order.cooperative_id
    if parcel.is_fetched or (parcel.is_sent_on and not by_hand):
        point = _point_of(parcel)
        keeper_id = point.cooperative.merged_into_id or point.cooperative_id if point else seller_id
        return pickup_point_holds(point.pk, keeper_id) if point and keeper_id != seller_id else cooperative_holds(seller_id)
    if by_hand or not keeps_cash(parcel.carrier) or ParcelDriver.objects.filter(fulfilment=parcel).exists():
        return cooperative_holds(seller_id)
    return carrier_holds(parcel.carrier)


def _point_of(parcel: Fulfilment) -> PickupPoint | None:
    """Where it is fetched, or sent on from."""
    number = str(parcel.sent_from_id or parcel.option_code.rpartition(":")[2])
    return PickupPoint.objects.select_related("cooperative").filter(pk=number).first() if number.isdecimal() else None
