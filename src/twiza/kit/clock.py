"""What time it is. One door, so that tests can travel."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    return timezone.now()


def today() -> date:
    """The date in Morocco, whatever the server's clock is set to."""
    return timezone.localdate()


def local_day(moment: datetime) -> date:
    """The date in Morocco at that moment."""
    return timezone.localdate(moment)
