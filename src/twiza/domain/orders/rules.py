"""What an order asks of its cooperative next, and what is paid for what is weighed."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from twiza.domain.catalogue.models import Withdrawal
from twiza.domain.orders.models import Fulfilment, Order, OrderLine, ParcelNews

# How much more than was asked for a buyer may have to pay: a cheese is never cut to the gram.
MOST_OVER_PERCENT = 15


class NextAction(StrEnum):
    ANSWER = "answer"
    PREPARE = "prepare"
    SEND = "send"
    AWAIT_BUYER = "await_buyer"  # packed, and the buyer comes for it
    DELIVER = "deliver"
    AWAIT_RETURN = "await_return"  # nobody took it, and it comes back
    NOTHING = "nothing"


def next_action(order: Order) -> NextAction:
    """What the cooperative does next with it. Select the fulfilment with the order."""
    if order.status == Order.Status.PLACED:
        return NextAction.ANSWER
    if order.fulfilment.status == Fulfilment.Status.REFUSED:
        return NextAction.AWAIT_RETURN
    if order.status != Order.Status.ACCEPTED:
        return NextAction.NOTHING
    if order.fulfilment.status == Fulfilment.Status.PENDING:
        return NextAction.PREPARE
    if order.fulfilment.status == Fulfilment.Status.READY:
        return NextAction.AWAIT_BUYER if order.fulfilment.is_fetched else NextAction.SEND
    return NextAction.DELIVER


def is_paid_on_delivery(order: Order) -> bool:
    """Whoever hands the parcel to the buyer collects its total. Select the group with the order."""
    return bool(order.group.pay_with == "cash_on_delivery")


def most_charged(estimate_centimes: int) -> int:
    """What the buyer agrees to pay at most for something weighed that should cost about this."""
    return estimate_centimes * (100 + MOST_OVER_PERCENT) // 100


def charged_for(price_centimes: int, portion_grams: Decimal, weighed_grams: int, most_centimes: int) -> int:
    """What so many grams cost when a portion has this price: to the nearest centime, never above `most_centimes`."""
    exact = Decimal(price_centimes) * weighed_grams / portion_grams
    return min(int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP)), most_centimes)


def plausible_grams(asked_grams: int) -> tuple[int, int]:
    """(least, most) that somebody may have put on the scales for what was asked; anything else is a slip of the finger."""
    return max(asked_grams // 2, 1), asked_grams * 2


def sellable_again(line: OrderLine) -> int:
    """How many of a parcel that came back may be sold again unless somebody looks closer: nothing of what perishes."""
    return 0 if line.withdrawal == Withdrawal.PERISHABLE else line.quantity


def missed_days(parcel: Fulfilment) -> list[date]:
    """The days on which somebody came with it and could not give it. Prefetch its news."""
    return sorted({news.on for news in parcel.news.all() if news.what == ParcelNews.What.MISSED})


def news_to_tell(parcel: Fulfilment) -> list[ParcelNews]:
    """Every attempt, a day once, and why nobody took it. What came late and changed nothing is not told. Prefetch its news."""
    told: dict[tuple[str, date], ParcelNews] = {}
    for news in parcel.news.all():
        if news.reason and (news.moved or news.what == ParcelNews.What.MISSED):
            told.setdefault((news.what, news.on), news)
    return list(told.values())
