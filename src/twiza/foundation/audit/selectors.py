"""Questions about what was done."""

from __future__ import annotations

from collections.abc import Sequence

from twiza.foundation.audit.models import Entry


def history_of(subject: str) -> Sequence[Entry]:
    """What was done to `subject` (as `order:91`), newest first."""
    return list(Entry.objects.filter(subject=subject).select_related("actor"))
