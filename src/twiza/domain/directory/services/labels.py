"""Labels begin and end by themselves, on a day that was written down before."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from twiza.domain.directory.models import Accreditation
from twiza.foundation.search.services import note_changes, noted_since
from twiza.kit.clock import today

# A machine that was off for longer has its index built anew.
LOOKED_BACK = timedelta(days=30)


def note_labels_by_date() -> int:
    """Whoever's label began or ended these days is found accordingly; says how many were noted. Once for each such day."""
    day = today()
    turned: dict[date, set[int]] = {}
    ended = Q(valid_until__gte=day - LOOKED_BACK, valid_until__lt=day)
    begun = Q(valid_from__gt=day - LOOKED_BACK, valid_from__lte=day)
    rows = Accreditation.objects.filter(ended | begun, verified_at__isnull=False)
    for organisation, valid_from, valid_until in rows.values_list("organisation", "valid_from", "valid_until"):
        turns = [valid_from, valid_until + timedelta(days=1) if valid_until else None]
        last = max(turn for turn in turns if turn and day - LOOKED_BACK < turn <= day)
        turned.setdefault(last, set()).add(organisation)
    late = [one for turn, some in turned.items() for one in sorted(some - noted_since("cooperative", some, _begin_of(turn)))]
    note_changes("cooperative", late)
    return len(late)


def _begin_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
