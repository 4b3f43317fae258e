"""What time it is. One door, so that tests can travel."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone


def now() -> datetime:
    return timezone.now()


def today() -> date:
    """The date in Morocco, whatever the server's clock is set to."""
    return timezone.localdate()


def seconds_left_today() -> float:
    """Until midnight in Morocco."""
    here = timezone.localtime()
    tomorrow = datetime.combine(here.date() + timedelta(days=1), time.min)
    return (timezone.make_aware(tomorrow) - here).total_seconds()


def local_day(moment: datetime) -> date:
    """The date in Morocco at that moment."""
    return timezone.localdate(moment)
