"""A parcel in trouble as an operator reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.timesince import timesince

from twiza.domain.orders.rules import missed_days
from twiza.kit import clock

if TYPE_CHECKING:
    from twiza.domain.orders.models import Order

OLD_DAYS = 10  # a parcel that comes back for longer than that is asked after


@dataclass(frozen=True)
class ParcelRow:
    """`age` is how long it has been coming back, or underway, in words."""

    order: Order
    comes_back: bool
    why: str
    attempts: int
    age: str
    is_old: bool


def row_of(order: Order) -> ParcelRow:
    """Prefetch the parcel's news with the order."""
    parcel, now = order.fulfilment, clock.now()
    since = parcel.refused_at or parcel.handed_over_at or now
    reasons = [news.get_reason_display() for news in parcel.news.all() if news.reason]
    return ParcelRow(
        order=order,
        comes_back=parcel.refused_at is not None,
        why=str(reasons[-1]) if reasons else "",
        attempts=len(missed_days(parcel)),
        age=timesince(since, now, depth=1).replace("\xa0", " "),
        is_old=(now - since).days >= OLD_DAYS,
    )
