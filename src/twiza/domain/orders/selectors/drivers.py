"""Parcels that a driver takes along."""

from __future__ import annotations

from collections.abc import Sequence

from twiza.domain.orders.errors import OrderAmbiguous
from twiza.domain.orders.models import Order
from twiza.domain.orders.states import ON_THE_WAY
from twiza.kit.errors import NotFound

MOST = 20


def parcels_taken_along_by(phone: str) -> Sequence[Order]:
    """The orders whose parcel is on its way with the driver of this telephone (`+2126…`), the oldest first."""
    his = Order.objects.filter(fulfilment__driver__phone=phone, fulfilment__status__in=ON_THE_WAY)
    return list(his.select_related("fulfilment", "cooperative__published_revision", "group").order_by("pk")[:MOST])


def parcel_taken_along_by(phone: str, number: str) -> Order:
    """The one of them with this number. Raises NotFound; OrderAmbiguous when two cooperatives gave him the same number."""
    found = [order for order in parcels_taken_along_by(phone) if order.number == number]
    if not found:
        raise NotFound
    if len(found) > 1:
        raise OrderAmbiguous(number=number, names=", ".join(order.cooperative.name for order in found))
    return found[0]
