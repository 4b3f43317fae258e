"""What neighbours bring to a cooperative's point, for buyers to fetch there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from twiza.domain.delivery.models import PickupPoint
from twiza.domain.orders.models import Fulfilment, Order
from twiza.domain.orders.rules import is_paid_on_delivery
from twiza.domain.orders.selectors.together import TOGETHER

MOST = 200
NOT_FETCHED_YET = (Fulfilment.Status.PENDING, Fulfilment.Status.READY)


@dataclass(frozen=True)
class BroughtParcel:
    """Whose it is and under which number, by when it is promised, and what its buyer pays there, in centimes."""

    cooperative: str
    number: str
    promised_on: date | None
    is_there: bool
    cash_centimes: int


def parcels_brought_to(point: PickupPoint) -> Sequence[BroughtParcel]:
    """Parcels of others that were accepted and not fetched yet, the first promised first.

    Nothing of who the buyers are: the sheet on each parcel says it. Ask for the point through the viewer first.
    """
    codes = [f"pickup:{point.pk}", f"{TOGETHER}{point.pk}"]
    orders = Order.objects.filter(
        status=Order.Status.ACCEPTED, fulfilment__option_code__in=codes, fulfilment__status__in=NOT_FETCHED_YET
    ).exclude(cooperative=point.cooperative.merged_into_id or point.cooperative_id)
    named = orders.exclude(cooperative=point.cooperative_id).select_related("group", "fulfilment")
    return [_as_brought(order) for order in named.order_by("fulfilment__promised_until", "pk")[:MOST]]


def _as_brought(order: Order) -> BroughtParcel:
    parcel = order.fulfilment
    return BroughtParcel(
        order.seller_name,
        order.number,
        parcel.promised_until,
        parcel.status == Fulfilment.Status.READY,
        order.total_centimes if is_paid_on_delivery(order) else 0,
    )
