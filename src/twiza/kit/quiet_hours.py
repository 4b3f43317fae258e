"""When a telephone may ring by itself: from eight in the morning to nine in the evening, in Morocco."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils import timezone

MORNING, EVENING = time(8), time(21)


def waking_moment(moment: datetime) -> datetime:
    """The moment itself by day; at night the next morning's eight o'clock, by the clocks of Morocco."""
    here = timezone.localtime(moment)
    if MORNING <= here.time() < EVENING:
        return moment
    day = here.date() + timedelta(days=here.time() >= EVENING)
    return timezone.make_aware(datetime.combine(day, MORNING))
