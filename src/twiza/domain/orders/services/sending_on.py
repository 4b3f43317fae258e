"""What neighbours brought to a point leaves it as one parcel."""

from __future__ import annotations

from django.db import transaction

from twiza.domain.delivery.models import PickupPoint
from twiza.domain.directory.rules import answers_for
from twiza.domain.orders.errors import NothingToSendOn
from twiza.domain.orders.locking import lock_order
from twiza.domain.orders.models import Fulfilment, Order
from twiza.domain.orders.services.parcels import leave
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.kit.errors import NotFound


@transaction.atomic
def send_on(point: PickupPoint, group_number: str, *, by: User, tracking: str = "") -> int:
    """All that is there of this purchase left as one parcel: its buyer is told (FulfilmentHandedOver of each), every part has the
    parcel's tracking. Says how many parts. What was not brought stays with its cooperative, which sends it itself.

    Raises NothingToSendOn; NotFound when `by` does not speak for whoever keeps the point.
    """
    if not answers_for(by, point.cooperative):
        raise NotFound
    named = Order.objects.filter(group__number=group_number, fulfilment__sent_from=point).order_by("pk")
    locked = [lock_order(order_id) for order_id in named.values_list("pk", flat=True)]
    there = [order for order in locked if _is_there(order)]
    if not there:
        raise NothingToSendOn
    for order in there:
        leave(order, by=by, tracking=tracking)
    details = {"group": group_number, "number": len(there)}
    record("orders.send_on", subject=f"organisation:{point.cooperative_id}", by=by, details=details)
    return len(there)


def _is_there(order: Order) -> bool:
    return order.status == Order.Status.ACCEPTED and order.fulfilment.status == Fulfilment.Status.READY
