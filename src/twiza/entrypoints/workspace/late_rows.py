"""An order that nobody answered in time, as its operator reads it: since when, whom to call, until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.timesince import timesince

from twiza.domain.directory.selectors import people_to_call
from twiza.kit import clock

if TYPE_CHECKING:
    from twiza.domain.directory.selectors import Reached
    from twiza.domain.orders.models import Order


@dataclass(frozen=True)
class LateRow:
    """`age` is how long after its limit, in words."""

    order: Order
    age: str
    people: Sequence[Reached]


def rows_of(orders: Sequence[Order]) -> list[LateRow]:
    """The orders, in their order. A page that was merged is called where it is now."""
    now = clock.now()
    people = people_to_call({_own(order) for order in orders})
    return [
        LateRow(order, timesince(order.answer_before, now, depth=1).replace("\xa0", " "), people[_own(order)]) for order in orders
    ]


def _own(order: Order) -> int:
    return order.cooperative.merged_into_id or order.cooperative_id
