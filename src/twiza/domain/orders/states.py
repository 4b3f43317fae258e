"""Which state may follow which. Services ask here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping

from twiza.domain.orders.models import Fulfilment, Order, OrderGroup

ORDER: Mapping[str, frozenset[str]] = {
    Order.Status.UNPAID: frozenset({Order.Status.PLACED, Order.Status.LAPSED}),
    Order.Status.LAPSED: frozenset(),
    Order.Status.PLACED: frozenset({Order.Status.ACCEPTED, Order.Status.OFFERED, Order.Status.DECLINED}),
    Order.Status.OFFERED: frozenset({Order.Status.ACCEPTED, Order.Status.DECLINED}),
    Order.Status.ACCEPTED: frozenset({Order.Status.CLOSED, Order.Status.UNDELIVERED}),
    Order.Status.DECLINED: frozenset(),
    Order.Status.CLOSED: frozenset(),
    Order.Status.UNDELIVERED: frozenset(),
}

# A parcel that is fetched goes from ready to delivered; one that leaves unannounced from pending to its way.
FULFILMENT: Mapping[str, frozenset[str]] = {
    Fulfilment.Status.PENDING: frozenset({Fulfilment.Status.READY, Fulfilment.Status.HANDED_OVER, Fulfilment.Status.CANCELLED}),
    Fulfilment.Status.READY: frozenset({Fulfilment.Status.HANDED_OVER, Fulfilment.Status.DELIVERED}),
    Fulfilment.Status.HANDED_OVER: frozenset(
        {Fulfilment.Status.IN_TRANSIT, Fulfilment.Status.DELIVERED, Fulfilment.Status.REFUSED, Fulfilment.Status.LOST}
    ),
    Fulfilment.Status.IN_TRANSIT: frozenset({Fulfilment.Status.DELIVERED, Fulfilment.Status.REFUSED, Fulfilment.Status.LOST}),
    Fulfilment.Status.REFUSED: frozenset({Fulfilment.Status.RETURNED, Fulfilment.Status.LOST}),
    Fulfilment.Status.DELIVERED: frozenset(),
    Fulfilment.Status.LOST: frozenset(),
    Fulfilment.Status.RETURNED: frozenset(),
    Fulfilment.Status.CANCELLED: frozenset(),
}

# Nothing of it is with anybody but the cooperative.
NOT_LEFT = frozenset({Fulfilment.Status.PENDING, Fulfilment.Status.READY})
ON_THE_WAY = frozenset({Fulfilment.Status.HANDED_OVER, Fulfilment.Status.IN_TRANSIT})
# Nobody has promised to send it.
NOT_PROMISED = frozenset({Order.Status.PLACED, Order.Status.OFFERED})
NOT_OWED = frozenset({Order.Status.DECLINED, Order.Status.UNDELIVERED, Order.Status.LAPSED})
# Its cooperative never heard of it.
NOT_ASKED = frozenset({Order.Status.UNPAID, Order.Status.LAPSED})


def group_status(statuses: list[str]) -> str:
    """The buyer's one word for all parts."""
    if all(status in NOT_OWED for status in statuses):
        return OrderGroup.Status.CANCELLED
    if all(status in {*NOT_OWED, Order.Status.CLOSED} for status in statuses):
        return OrderGroup.Status.DONE
    if all(status == Order.Status.UNPAID for status in statuses):
        return OrderGroup.Status.UNPAID
    if all(status == Order.Status.PLACED for status in statuses):
        return OrderGroup.Status.PLACED
    return OrderGroup.Status.IN_PROGRESS
