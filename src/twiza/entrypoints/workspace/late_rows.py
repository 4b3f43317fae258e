"""An order that nobody answered in time, as its operator reads it: since when, whom to call, until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.timesince import timesince

from twiza.domain.directory.selectors import people_to_call
from twiza.kit import clock

if TYPE_CHECKING:
    from twiza.domain.directory.selectors import Reached
    from twiza.domain.orders.models import Call, Order


RECENT = timedelta(hours=1)


@dataclass(frozen=True)
class CallRow:
    """`age` is how long ago it was, in words."""

    call: Call
    age: str
    is_recent: bool


@dataclass(frozen=True)
class LateRow:
    """`age` is how long after its limit, in words."""

    order: Order
    age: str
    people: Sequence[Reached]
    calls: Sequence[CallRow]

    @property
    def was_just_called(self) -> bool:
        """Somebody called within the last hour. It stops nobody."""
        return any(call.is_recent for call in self.calls)


def rows_of(orders: Sequence[Order]) -> list[LateRow]:
    """The orders, in their order. A page that was merged is called where it is now."""
    now = clock.now()
    people = people_to_call({_own(order) for order in orders})
    return [LateRow(order, _since(order.answer_before, now), people[_own(order)], _calls_about(order, now)) for order in orders]


def _calls_about(order: Order, now: datetime) -> list[CallRow]:
    """The newest first. Prefetch the calls with who called."""
    return [CallRow(call, _since(call.at, now), now - call.at < RECENT) for call in order.calls.all()]


def _since(moment: datetime, now: datetime) -> str:
    return timesince(moment, now, depth=1).replace("\xa0", " ")


def _own(order: Order) -> int:
    return order.cooperative.merged_into_id or order.cooperative_id
