"""Questions about what was done."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from twiza.foundation.audit.models import Entry


def history_of(subject: str) -> Sequence[Entry]:
    """What was done to `subject` (as `order:91`), newest first."""
    return list(Entry.objects.filter(subject=subject).select_related("actor"))


def done_on_behalf_of(whom: str, actors: Collection[int], *, latest: int) -> Sequence[Entry]:
    """What these people did on behalf of `whom` (as `organisation:12`), newest first."""
    entries = Entry.objects.filter(on_behalf_of=whom, actor__in=actors).select_related("actor")
    return list(entries.order_by("-id")[:latest])
