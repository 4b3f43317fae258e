"""A storefront's orders as its operator reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from twiza.entrypoints.workspace.order_cards import OrderCard, card_of

if TYPE_CHECKING:
    from twiza.domain.orders.models import OrderGroup
    from twiza.domain.storefronts.models import Storefront


@dataclass(frozen=True)
class QueueRow:
    """`trouble` is late (nobody answered in time), declined, or nothing."""

    card: OrderCard
    group: OrderGroup
    trouble: str


def queue_of(groups: Sequence[OrderGroup], storefront: Storefront) -> list[QueueRow]:
    """The orders with something chosen in this storefront: unanswered ones first, then declined ones, then the newest."""
    rows = [
        _row(card_of(order), group)
        for group in groups
        for order in group.orders.all()
        if any(line.storefront_id == storefront.pk for line in order.lines.all())
    ]
    return sorted(rows, key=lambda row: (("late", "declined", "").index(row.trouble), -row.card.order.pk))


def _row(card: OrderCard, group: OrderGroup) -> QueueRow:
    trouble = "late" if card.is_late else "declined" if card.is_refused else ""
    return QueueRow(card, group, trouble)
