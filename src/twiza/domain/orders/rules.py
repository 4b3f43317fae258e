"""What an order asks of its cooperative next, and what is paid for what is weighed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from django.conf import settings

from twiza.domain.catalogue.models import Withdrawal
from twiza.domain.directory.models import OpeningTimes, Organisation
from twiza.domain.directory.rules import answers_for
from twiza.domain.directory.selectors import after_open_time
from twiza.domain.orders.models import Checklist, Coupon, Fulfilment, Order, OrderLine, ParcelNews
from twiza.domain.orders.states import ON_THE_WAY
from twiza.domain.storefronts.selectors import storefronts_run_by
from twiza.foundation.accounts.models import User
from twiza.kit.money import split

# How much more than was asked for a buyer may have to pay: a cheese is never cut to the gram.
MOST_OVER_PERCENT = 15
CASH = "cash_on_delivery"
TRANSFER = "bank_transfer"
# How long somebody has to pay by card, from the moment the order is placed.
PAY_WITHIN = timedelta(minutes=30)
# Who closed the window without paying finds the order again by a text, while there is time to pay it.
REMIND_AFTER = timedelta(minutes=5)


@dataclass(frozen=True)
class Wait:
    """So long while the cooperative is open; at the latest so long by the calendar, however seldom it is open."""

    open_for: timedelta
    at_most: timedelta


WAIT_FOR_ANSWER = Wait(timedelta(hours=3), timedelta(days=2))  # before it is asked again
WAIT_BEFORE_LATE = Wait(timedelta(hours=13), timedelta(days=4))  # a whole day of a telephone that may ring
WAIT_FOR_AGENT = Wait(timedelta(hours=3), timedelta(days=1))
WAIT_BEFORE_GIVING_UP = Wait(timedelta(hours=20), timedelta(days=3))


class NextAction(StrEnum):
    ANSWER = "answer"
    AWAIT_CHOICE = "await_choice"  # there is only a part, and the buyer is asked
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
    if order.status == Order.Status.OFFERED:
        return NextAction.AWAIT_CHOICE
    if order.fulfilment.status == Fulfilment.Status.REFUSED:
        return NextAction.AWAIT_RETURN
    if order.status != Order.Status.ACCEPTED:
        return NextAction.NOTHING
    if order.fulfilment.status == Fulfilment.Status.PENDING:
        return NextAction.PREPARE
    if order.fulfilment.status == Fulfilment.Status.READY:
        return NextAction.AWAIT_BUYER if order.fulfilment.is_fetched else NextAction.SEND
    return NextAction.DELIVER


def moment_after(times: OpeningTimes | None, since: datetime, wait: Wait) -> datetime:
    """When this wait is over, by the times of a cooperative; by day in any case."""
    return after_open_time(times, since, wait.open_for, wait.at_most)


def answer_limits(times: OpeningTimes | None, placed_at: datetime) -> dict[str, datetime]:
    """Until when an order is to be answered, when it is asked after first, and when the buyer is free, by field."""
    answer_before = moment_after(times, placed_at, WAIT_BEFORE_LATE)
    return {
        "chase_at": moment_after(times, placed_at, WAIT_FOR_ANSWER),
        "answer_before": answer_before,
        "give_up_at": moment_after(times, answer_before, WAIT_BEFORE_GIVING_UP),
    }


def follows_up(user: User, order: Order) -> bool:
    """Something in the order was chosen in a storefront whose operator the person works for."""
    run = {storefront.pk for storefront in storefronts_run_by(user)}
    return order.lines.filter(storefront__in=run).exists()


def is_on_the_way(order: Order) -> bool:
    """Its parcel left, and is with nobody we know of but whoever brings it."""
    return order.fulfilment.status in ON_THE_WAY


def is_paid_on_delivery(order: Order) -> bool:
    """Whoever hands the parcel to the buyer collects its total. Select the group with the order."""
    return is_paid_at_the_door(order.group.pay_with)


def is_paid_at_the_door(pay_with: str) -> bool:
    """By this way of paying, whoever receives the parcel pays for it."""
    return pay_with == CASH


def pay_within(pay_with: str) -> timedelta:
    """How long what is paid first is kept for its buyer: a bank takes its days to send money."""
    return timedelta(days=settings.TRANSFER_DAYS) if pay_with == TRANSFER else PAY_WITHIN


def most_charged(estimate_centimes: int) -> int:
    """What the buyer agrees to pay at most for something weighed that should cost about this."""
    return estimate_centimes * (100 + MOST_OVER_PERCENT) // 100


def charged_for(price_centimes: int, portion_grams: Decimal, weighed_grams: int, most_centimes: int) -> int:
    """What so many grams cost when a portion has this price: to the nearest centime, never above `most_centimes`."""
    exact = Decimal(price_centimes) * weighed_grams / portion_grams
    return min(int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP)), most_centimes)


@dataclass(frozen=True)
class Discount:
    """What something costs less, and what of that its cooperative bears, in centimes."""

    centimes: int = 0
    cooperative_centimes: int = 0


NO_DISCOUNT = Discount()


def discounts(coupon: Coupon, totals: Sequence[int]) -> list[Discount]:
    """What each line costs less when together they cost these `totals`; no line less than nothing.

    Parts and shares go by largest remainder, so that they make the whole exactly.
    """
    whole = sum(totals)
    off = (whole * coupon.percent_off + 50) // 100 if coupon.percent_off else min(coupon.centimes_off or 0, whole)
    if off == 0:
        return [NO_DISCOUNT] * len(totals)
    parts = split(off, totals)
    borne = split((off * coupon.cooperative_percent + 50) // 100, parts)
    return [Discount(part, share) for part, share in zip(parts, borne, strict=True)]


def within(discount: Discount, total_centimes: int) -> Discount:
    """The same while the total holds it; else all of the total, borne in the same proportion."""
    if discount.centimes <= total_centimes:
        return discount
    others = discount.centimes - discount.cooperative_centimes
    return Discount(total_centimes, split(total_centimes, [discount.cooperative_centimes, others])[0])


@dataclass(frozen=True)
class LinePart:
    """What a line is when only some of it come; by the names of its fields."""

    quantity: int
    total_centimes: int
    discount_centimes: int
    cooperative_discount_centimes: int
    weight_grams: int
    most_centimes: int | None


def part_of(line: OrderLine, pieces: int) -> LinePart:
    """So many pieces of an unweighed line: each costs what it did, and bears its share of what the line cost less.

    The two parts of every amount make the whole exactly; so do the shares of who bears the discount.
    """
    rest = [pieces, line.quantity - pieces]
    total = line.price_centimes * pieces
    discount = split(line.discount_centimes, rest)[0]
    others = line.discount_centimes - line.cooperative_discount_centimes
    borne = split(discount, [line.cooperative_discount_centimes, others])[0] if discount else 0
    return LinePart(
        quantity=pieces,
        total_centimes=total,
        discount_centimes=discount,
        cooperative_discount_centimes=borne,
        weight_grams=split(line.weight_grams, rest)[0],
        most_centimes=most_charged(total) if line.is_weighed else None,
    )


def may_offer_coupon(user: User, cooperative: Organisation | None, cooperative_percent: int) -> bool:
    """A cooperative offers what it bears alone; staff offer what Twiza bears, or a share of."""
    if user.is_staff:
        return cooperative_percent < 100
    return cooperative is not None and cooperative_percent == 100 and answers_for(user, cooperative)


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


class Fault(StrEnum):
    """What may go wrong with a parcel, as far as a cooperative can help it."""

    REFUSED = "refused"
    WRONG_GOODS = "wrong_goods"
    NOT_FOUND = "not_found"
    CAME_LATE = "came_late"
    LATE_ANSWER = "late_answer"
    SENT_BACK = "sent_back"
    DAMAGED = "damaged"
    MISSING = "missing"
    COMPLAINT = "complaint"


@dataclass(frozen=True)
class Faults:
    """How often what went wrong lately, among so many parcels that left. `+` adds what another room knows of."""

    parcels: int
    counts: Counter[Fault]

    def __add__(self, other: Counter[Fault]) -> Faults:
        return Faults(self.parcels, self.counts + other)

    @property
    def total(self) -> int:
        return self.counts.total()


_ASKED_BECAUSE: Mapping[Checklist.Question, frozenset[Fault]] = {
    Checklist.Question.COUNT: frozenset({Fault.WRONG_GOODS, Fault.MISSING, Fault.COMPLAINT}),
    Checklist.Question.WHOLE: frozenset({Fault.DAMAGED, Fault.SENT_BACK, Fault.COMPLAINT}),
    Checklist.Question.WRAPPED: frozenset({Fault.DAMAGED}),
    Checklist.Question.ADDRESS: frozenset({Fault.REFUSED, Fault.NOT_FOUND}),
    Checklist.Question.PROMISED: frozenset({Fault.CAME_LATE, Fault.LATE_ANSWER}),
}
# Of a hundred parcels, so many faults are no reason to ask more; from so many on, everything is asked.
SELDOM_PERCENT = 2
OFTEN_PERCENT = 10
FEWEST_FOR_ALL = 3


def questions_before_dispatch(faults: Faults) -> list[Checklist.Question]:
    """One when nothing or little went wrong; with what went wrong what it points to; all when it goes wrong often."""
    if faults.total * 100 <= faults.parcels * SELDOM_PERCENT:
        return [Checklist.Question.GOODS]
    if faults.total >= FEWEST_FOR_ALL and faults.total * 100 >= faults.parcels * OFTEN_PERCENT:
        return list(Checklist.Question)
    happened = {fault for fault, times in faults.counts.items() if times}
    return [Checklist.Question.GOODS, *(question for question, why in _ASKED_BECAUSE.items() if why & happened)]
