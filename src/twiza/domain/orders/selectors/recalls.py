"""Who was sent a lot, by the telephone their parcel went to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from twiza.domain.inventory.models import Lot
from twiza.domain.inventory.selectors import pieces_sent_of, pieces_sent_since
from twiza.domain.orders.models import Order, OrderLine
from twiza.domain.storefronts.models import Storefront

_CAUSE = "order-line:"


@dataclass(frozen=True)
class BuyerOfLot:
    """One telephone, with the name, language and number of its newest order. No `pieces`: its parcels may only hold some.

    `orders`: the page each was placed with, and its number there.
    """

    phone: str
    name: str
    language: str
    group: str
    orders: tuple[tuple[str, str], ...]
    pieces: int


def buyers_sent(lot: Lot, *, widely: bool = False) -> Sequence[BuyerOfLot]:
    """Whoever was sent pieces of it, the surest first; when `widely`, also whoever was sent its kind since it was received.

    Ask for the lot through the viewer first.
    """
    sure = pieces_sent_of(lot)
    found: dict[str, BuyerOfLot] = {}
    pieces = _pieces_by_line(sure)
    for line in _lines_of(sure | pieces_sent_since(lot) if widely else sure):
        group, before = line.order.group, found.get(line.order.group.receiver_phone)
        found[group.receiver_phone] = BuyerOfLot(
            phone=group.receiver_phone,
            name=group.receiver_name,
            language=group.language,
            group=group.number or "",
            orders=(*(before.orders if before else ()), (line.order.cooperative.slug, line.order.number)),
            pieces=(before.pieces if before else 0) + pieces[line.pk],
        )
    return sorted(found.values(), key=lambda buyer: -buyer.pieces)


def storefronts_that_sold(lot: Lot) -> Sequence[Storefront]:
    """The operators' storefronts in which somebody chose what they were sent of it."""
    chosen = [line.storefront_id for line in _lines_of(pieces_sent_of(lot) | pieces_sent_since(lot))]
    return list(Storefront.objects.filter(pk__in=chosen, operator__isnull=False).select_related("operator"))


def _lines_of(causes: dict[str, int]) -> Sequence[OrderLine]:
    """The order lines among these causes, the oldest first, less what nobody took."""
    kept = OrderLine.objects.filter(pk__in=_pieces_by_line(causes)).exclude(order__status=Order.Status.UNDELIVERED)
    return list(kept.select_related("order__group", "order__cooperative").order_by("pk"))


def _pieces_by_line(causes: dict[str, int]) -> Counter[int]:
    """How many pieces left for each order line, those included that were sent again: `order-line:12 replacement:5`."""
    pieces: Counter[int] = Counter()
    for cause, left in causes.items():
        if cause.startswith(_CAUSE):
            pieces[int(cause.removeprefix(_CAUSE).split(" ", 1)[0])] += left
    return pieces
