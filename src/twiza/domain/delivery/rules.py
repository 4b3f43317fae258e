"""On which day a parcel leaves, arrives, or can be fetched."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from twiza.domain.delivery.carrier import DeliveryOption
from twiza.domain.delivery.models import PickupPoint, SendingTerms
from twiza.domain.directory.selectors.opening import weekdays_in_words
from twiza.kit.money import split

USUAL_WEEKDAYS = (0, 1, 2, 3, 4)
SUNDAY = 6
# Further ahead than any promise: a week of holidays in a month of closing is still found.
FURTHEST = 120
CLOCK = "H:i"


@dataclass(frozen=True)
class Rhythm:
    """How a cooperative sends; the usual when it never said."""

    weekdays: tuple[int, ...] = USUAL_WEEKDAYS
    cut_off: time | None = None
    free_from_centimes: int | None = None
    allows_opening: bool = False


def rhythm_of(terms: SendingTerms | None) -> Rhythm:
    if terms is None:
        return Rhythm()
    weekdays = tuple(terms.weekdays) or USUAL_WEEKDAYS
    return Rhythm(weekdays, terms.cut_off, terms.free_from_centimes, terms.allows_opening)


def leaves_on(rhythm: Rhythm, ordered_at: datetime, holidays: Collection[date], ships_by: date | None = None) -> date:
    """The first day on which a parcel ordered then may leave. What is made or harvested first leaves on its own promise."""
    here = localtime(ordered_at)
    is_late = rhythm.cut_off is not None and here.time() >= rhythm.cut_off
    earliest = here.date() + timedelta(days=1 if is_late else 0)
    start = max(earliest, ships_by) if ships_by else earliest
    return _first(start, lambda day: day.weekday() in rhythm.weekdays and day not in holidays)


def arrives_on(left: date, days: int, holidays: Collection[date]) -> date:
    """So many days after it left, on which carriers move: no Sunday, no holiday. At once when there are none to wait."""
    day = left
    for _one in range(days):
        day = _first(day + timedelta(days=1), lambda one: one.weekday() != SUNDAY and one not in holidays)
    return day


def fetched_from(point: PickupPoint, left: date, holidays: Collection[date]) -> date:
    """The first day on which the point is open once the parcel may be there. A souk is held on holidays too."""
    return _first(left, lambda day: is_open_on(point, day, holidays))


def fetched_from_another(point: PickupPoint, left: date, holidays: Collection[date]) -> date:
    """As `fetched_from`, where the cooperative has first to bring it to somebody else: a day later."""
    return fetched_from(point, left + timedelta(days=1), holidays)


def is_open_on(point: PickupPoint, day: date, holidays: Collection[date]) -> bool:
    if point.weekdays and day.weekday() not in point.weekdays:
        return False
    if point.closed_from and point.closed_until and point.closed_from <= day <= point.closed_until:
        return False
    return point.kind == PickupPoint.Kind.SOUK or day not in holidays


def opening_of(point: PickupPoint) -> str:
    """Days and hours in words, and what it says in its own."""
    days = weekdays_in_words(point.weekdays)
    hours = ""
    if point.opens_at and point.closes_at:
        between = {"opens": time_format(point.opens_at, CLOCK), "closes": time_format(point.closes_at, CLOCK)}
        hours = _("%(opens)s to %(closes)s") % between
    return " · ".join(part for part in (f"{days} {hours}".strip(), point.opening) if part)


def shares_of(whole: DeliveryOption, apart: Sequence[int]) -> list[DeliveryOption]:
    """What each of several bears of one parcel, in proportion to what its own would cost: price, fee and way back, each exact to
    the centime. Whole no dearer than apart, no share is dearer than its own parcel. `apart` in centimes, not all of them 0."""
    totals = split(whole.total_centimes, apart)
    fees = split(whole.cash_fee_centimes, totals) if whole.total_centimes else [0] * len(totals)
    backs = split(whole.return_centimes, apart)
    return [
        replace(whole, price_centimes=total - fee, cash_fee_centimes=fee, return_centimes=back)
        for total, fee, back in zip(totals, fees, backs, strict=True)
    ]


def _first(start: date, suits: Callable[[date], bool]) -> date:
    """The first day that suits; the furthest when none does."""
    days = (start + timedelta(days=ahead) for ahead in range(FURTHEST))
    return next((day for day in days if suits(day)), start + timedelta(days=FURTHEST))
