"""When one may come."""

from __future__ import annotations

from datetime import date, time

from django.db import transaction

from twiza.domain.directory.errors import TimesIncomplete
from twiza.domain.directory.forms import OpeningDetails
from twiza.domain.directory.models import OpeningTimes, Organisation
from twiza.domain.directory.rules import speaks_for
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.kit.errors import NotFound


@transaction.atomic
def say_opening_times(organisation: Organisation, details: OpeningDetails, *, by: User) -> None:
    """The page says these times, or none when nothing is filled in; from the first closed day nobody orders, if it is so said.

    Orders placed before are unaffected. Raises NotFound, TimesIncomplete.
    """
    if not speaks_for(by, organisation):
        raise NotFound
    _check_pair(details.opens_at, details.closes_at)
    _check_pair(details.closed_from, details.closed_until)
    if (details.season_from_month is None) != (details.season_until_month is None):
        raise TimesIncomplete
    values = {**vars(details), "weekdays": sorted(set(details.weekdays)), "souk_name": " ".join(details.souk_name.split())}
    if details.souk_weekday is None:
        values["souk_name"] = ""
    values["takes_no_orders"] = details.takes_no_orders and details.closed_from is not None
    if any(value not in (None, "", [], False) for value in values.values()):
        OpeningTimes.objects.update_or_create(organisation=organisation, defaults=values)
    else:
        OpeningTimes.objects.filter(organisation=organisation).delete()
    record("directory.say_opening_times", subject=f"organisation:{organisation.pk}", by=by)


def _check_pair(begin: time | date | None, end: time | date | None) -> None:
    if (begin is None) != (end is None):
        raise TimesIncomplete
    if isinstance(begin, time) and isinstance(end, time) and begin >= end:
        raise TimesIncomplete
    if isinstance(begin, date) and isinstance(end, date) and begin > end:
        raise TimesIncomplete
