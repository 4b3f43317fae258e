"""Until when a buyer may change their mind or complain, who answers by when, and what goes back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from twiza.domain.catalogue.models import Withdrawal
from twiza.domain.orders.models import Fulfilment, Order, OrderLine
from twiza.kit import clock
from twiza.kit.clock import local_day
from twiza.kit.money import split

# Law 31-08: so many days from receiving to change one's mind, and so many from then for the money to be back.
RETURN_DAYS = 7
REFUND_DAYS = 15
# So many days from receiving to say that something is wrong; working days to answer that, and to answer the answer.
COMPLAINT_DAYS = 30
ANSWER_DAYS = 3
REPLY_DAYS = 5
# Pictures of what was wrong are of no use once nobody can go to law about it.
PHOTOS_KEPT = timedelta(days=365)
SATURDAY = 5


def may_be_returned(line: OrderLine) -> bool:
    """It neither perishes nor was made for this buyer: so it was said before it was ordered."""
    return line.withdrawal == Withdrawal.STANDARD


def return_until(order: Order, holidays: Collection[date]) -> date | None:
    """The last day on which the buyer may change their mind: a working day. Nothing before the parcel arrived.

    Select the fulfilment with the order.
    """
    parcel = order.fulfilment
    if parcel.status != Fulfilment.Status.DELIVERED or parcel.delivered_at is None:
        return None
    day = local_day(parcel.delivered_at) + timedelta(days=RETURN_DAYS)
    while not _is_worked(day, holidays):
        day += timedelta(days=1)
    return day


def working_days_after(day: date, count: int, holidays: Collection[date]) -> date:
    """The day on which so many working days are over, that day itself not counted."""
    left = count
    while left:
        day += timedelta(days=1)
        left -= _is_worked(day, holidays)
    return day


def may_be_complained_of(order: Order) -> bool:
    """It arrived, and not too long ago. Select the fulfilment with the order."""
    arrived = order.fulfilment.delivered_at
    return arrived is not None and clock.today() <= local_day(arrived) + timedelta(days=COMPLAINT_DAYS)


def is_given_back_by_the_market(order: Order) -> bool:
    """What it cost came through a bank: whoever has that money gives back what is owed of it. Select the group with the order."""
    return order.group.is_paid_first


def share_of(amount_centimes: int, line: OrderLine, pieces: int, *, before: int) -> int:
    """What of an amount for the whole line is for so many of its pieces, after so many that were counted before.

    The parts of all pieces make the amount, whatever they are counted by.
    """
    return sum(split(amount_centimes, [1] * line.quantity)[before : before + pieces])


def _is_worked(day: date, holidays: Collection[date]) -> bool:
    return day.weekday() < SATURDAY and day not in holidays
