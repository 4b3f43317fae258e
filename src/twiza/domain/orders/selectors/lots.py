"""Which lots an order's parcel holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from twiza.domain.inventory.selectors import PackedLot, lots_sent_with_each, lots_to_take
from twiza.domain.orders.models import Fulfilment, Order, OrderLine

TO_PACK = (Fulfilment.Status.PENDING, Fulfilment.Status.READY)


@dataclass(frozen=True)
class LineLots:
    """A line whose pieces are known by their lots."""

    line: OrderLine
    lots: Sequence[PackedLot]


def lots_sent_in(orders: Iterable[Order]) -> dict[int, Sequence[LineLots]]:
    """By order id, what left with its parcel; one question for all of them. Prefetch `lines` with the orders."""
    each = {order.pk: list(order.lines.all()) for order in orders}
    sent = lots_sent_with_each([_cause(line) for lines in each.values() for line in lines])
    return {pk: [LineLots(line, sent[_cause(line)]) for line in lines if _cause(line) in sent] for pk, lines in each.items()}


def lots_to_pack_in(order: Order) -> Sequence[LineLots]:
    """What to take from the shelf for an accepted order that did not leave yet: what spoils first."""
    if order.status != Order.Status.ACCEPTED or order.fulfilment.status not in TO_PACK:
        return []
    lines = list(order.lines.all())
    taken = lots_to_take((line.variant_id, line.quantity) for line in lines)
    return [LineLots(line, lots) for line, lots in zip(lines, taken, strict=True) if lots]


def _cause(line: OrderLine) -> str:
    return f"order-line:{line.pk}"
