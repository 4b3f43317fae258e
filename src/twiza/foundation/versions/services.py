"""Keeping the record of changes short."""

from __future__ import annotations

from datetime import timedelta

from twiza.foundation.versions.models import Change
from twiza.kit import clock

KEPT_HOURS = 2


def forget_old_changes() -> int:
    """Changes older than anything that was kept are gone; says how many. What is kept is then made anew once, no more."""
    forgotten, _of_each = Change.objects.filter(at__lt=clock.now() - timedelta(hours=KEPT_HOURS)).delete()
    return forgotten
