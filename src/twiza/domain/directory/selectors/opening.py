"""Opening times in words, as somebody would say them aloud."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.formats import date_format, time_format
from django.utils.timezone import localtime, make_aware
from django.utils.translation import gettext as _

from twiza.domain.directory.models import OpeningTimes, Organisation
from twiza.kit.clock import today
from twiza.kit.quiet_hours import EVENING, MORNING, waking_moment

CLOCK = "H:i"
DAY = "j F Y"


def opening_times_of(organisation: Organisation) -> OpeningTimes | None:
    """When one may come to it, if it said so."""
    return OpeningTimes.objects.filter(organisation=organisation).first()


def opening_times_by(organisation_ids: Iterable[int]) -> dict[int, OpeningTimes]:
    """The same, of those that said so."""
    said = OpeningTimes.objects.filter(organisation__in=list(organisation_ids))
    return {times.organisation_id: times for times in said}


def closings_today(organisation_ids: Iterable[int]) -> dict[int, date]:
    """Of those where nobody can order today, the last day of that, by Morocco's calendar."""
    running = _closed_today().filter(organisation__in=list(organisation_ids))
    return {pk: until for pk, until in running.values_list("organisation_id", "closed_until") if until is not None}


def closing_of_its(organisation: str) -> Subquery:
    """The same, to be asked together with something that has the organisation in this field; None where one can order."""
    return Subquery(_closed_today().filter(organisation=OuterRef(organisation)).values("closed_until")[:1])


def _closed_today() -> QuerySet[OpeningTimes]:
    return OpeningTimes.objects.filter(takes_no_orders=True, closed_from__lte=today(), closed_until__gte=today())


def closed_to_orders_until(times: OpeningTimes) -> date | None:
    """As `closings_today`, of one."""
    if not times.takes_no_orders or times.closed_from is None or times.closed_until is None:
        return None
    return times.closed_until if times.closed_from <= today() <= times.closed_until else None


def opening_words(times: OpeningTimes) -> tuple[str, ...]:
    """A sentence for each thing said: days and hours, souk, season, and a closing that is not over."""
    return tuple(words for words in (_hours(times), _souk(times), _season(times), _closing(times)) if words)


def weekdays_in_words(days: Iterable[int]) -> str:
    """`Monday to Thursday, Saturday`; three days or more in a row are said by the first and the last."""
    chosen = sorted(set(days))
    if len(chosen) == len(WEEKDAYS):
        return _("every day")
    runs: list[list[int]] = []
    for day in chosen:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    said = [_run_in_words(run) for run in runs]
    return _(", ").join(said)


def _run_in_words(run: list[int]) -> str:
    if len(run) < 3:
        return _(", ").join(str(WEEKDAYS[day]) for day in run)
    return _("%(first)s to %(last)s") % {"first": WEEKDAYS[run[0]], "last": WEEKDAYS[run[-1]]}


def _hours(times: OpeningTimes) -> str:
    days = weekdays_in_words(times.weekdays)
    if times.opens_at is None or times.closes_at is None:
        return _("Open: %(days)s") % {"days": days} if days else ""
    hours = {"opens": time_format(times.opens_at, CLOCK), "closes": time_format(times.closes_at, CLOCK)}
    if not days:
        return _("Open from %(opens)s to %(closes)s") % hours
    return _("Open: %(days)s, from %(opens)s to %(closes)s") % {"days": days, **hours}


def _souk(times: OpeningTimes) -> str:
    if times.souk_weekday is None:
        return ""
    day = WEEKDAYS[times.souk_weekday]
    if times.souk_name:
        return _("At the souk: %(day)s (%(souk)s)") % {"day": day, "souk": times.souk_name}
    return _("At the souk: %(day)s") % {"day": day}


def _season(times: OpeningTimes) -> str:
    first, last = times.season_from_month, times.season_until_month
    if first is None or last is None:
        return ""
    if first == last:
        return _("In %(month)s only") % {"month": MONTHS[first]}
    return _("From %(first)s to %(last)s only") % {"first": MONTHS[first], "last": MONTHS[last]}


def _closing(times: OpeningTimes) -> str:
    if times.closed_from is None or times.closed_until is None or times.closed_until < today():
        return ""
    if times.closed_from == times.closed_until:
        day = {"day": date_format(times.closed_from, DAY)}
        return (_("Closed on %(day)s: nobody can order then") if times.takes_no_orders else _("Closed on %(day)s")) % day
    days = {"first": date_format(times.closed_from, DAY), "last": date_format(times.closed_until, DAY)}
    if times.takes_no_orders:
        return _("Closed from %(first)s to %(last)s: nobody can order in this time") % days
    return _("Closed from %(first)s to %(last)s") % days


def is_open_at(times: OpeningTimes | None, moment: datetime) -> bool:
    """Somebody there may be asked something at this moment. Who said no times may be asked by day."""
    here = localtime(moment)
    hours = _open_on(times, here.date())
    return hours is not None and hours[0] <= here.time() < hours[1]


def after_open_time(times: OpeningTimes | None, since: datetime, open_for: timedelta, at_most: timedelta) -> datetime:
    """When it will have been open for so long since then; by day and at the latest `at_most` later, however seldom it is open."""
    latest = waking_moment(since + at_most)
    day, left = localtime(since).date(), open_for
    while day <= localtime(latest).date():
        if hours := _open_on(times, day):
            begins, ends = (make_aware(datetime.combine(day, hour)) for hour in hours)
            begins = max(begins, since)
            if begins + left <= ends:
                return min(begins + left, latest)
            left -= max(ends - begins, timedelta())
        day += timedelta(days=1)
    return latest


def _open_on(times: OpeningTimes | None, day: date) -> tuple[time, time] | None:
    """From when to when, never in the night; nothing on days off, on the day of the souk, and while it is closed."""
    if times is None:
        return MORNING, EVENING
    is_away = times.closed_from is not None and times.closed_until is not None and times.closed_from <= day <= times.closed_until
    is_off = bool(times.weekdays) and day.weekday() not in times.weekdays
    if is_away or is_off or day.weekday() == times.souk_weekday:
        return None
    begins, ends = max(times.opens_at or MORNING, MORNING), min(times.closes_at or EVENING, EVENING)
    return (begins, ends) if begins < ends else None
