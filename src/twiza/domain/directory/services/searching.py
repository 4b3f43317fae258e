"""Looking for duplicates in the background: asked for by a person, after an import, and each night."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from twiza.domain.directory.errors import SearchNotNeeded
from twiza.domain.directory.locking import lock_duplicate_searches
from twiza.domain.directory.models import DuplicateCandidate, DuplicateDecision, DuplicateSearch, Organisation
from twiza.domain.directory.rules import keeps_register
from twiza.foundation.accounts.models import User
from twiza.kit.clock import now
from twiza.kit.errors import NotAllowed

SEARCH = "directory.search_duplicates"
# Nobody weighs more pairs than this by hand; merging the likeliest makes room for the next.
MOST_KEPT = 5_000


def order_search(*, by: User) -> DuplicateSearch:
    """As `ask_for_search`, for a person. Raises NotAllowed; SearchNotNeeded while one waits for its turn."""
    if not keeps_register(by):
        raise NotAllowed
    if DuplicateSearch.objects.filter(finished_at=None).exists():
        raise SearchNotNeeded
    return ask_for_search(by=by)


@transaction.atomic
def ask_for_search(*, by: User | None) -> DuplicateSearch:
    """Once this transaction is committed, a job goes through the directory. One that still waits for its turn will do."""
    lock_duplicate_searches()
    waiting = DuplicateSearch.objects.filter(finished_at=None, total=0).first()
    search = waiting or DuplicateSearch.objects.create(by=by)
    job = app.configure_task(SEARCH, allow_unknown=True, queue="registers", lock=SEARCH, queueing_lock=f"{SEARCH}:{search.pk}")
    with suppress(AlreadyEnqueued), transaction.atomic():
        job.defer(search_id=search.pk)
    return search


def note_progress(search_id: int, done: int, total: int) -> None:
    """The screen says how far it is."""
    DuplicateSearch.objects.filter(pk=search_id).update(done=done, total=total)


@transaction.atomic
def keep_candidates(search_id: int, candidates: Iterable[tuple[int, int, float, tuple[str, ...]]]) -> int:
    """These (first id, second id, score, reasons), the likeliest first, stand instead of those of the search before.

    Pairs that somebody merged, told apart or removed meanwhile are left out. Says how many were kept.
    """
    lock_duplicate_searches()
    living = set(Organisation.objects.filter(merged_into=None).values_list("pk", flat=True))
    decided = set(DuplicateDecision.objects.values_list("first_id", "second_id"))
    kept = [
        DuplicateCandidate(first_id=first, second_id=second, score=score, reasons=list(reasons))
        for first, second, score, reasons in candidates
        if first in living and second in living and (first, second) not in decided
    ][:MOST_KEPT]
    DuplicateCandidate.objects.all().delete()
    DuplicateCandidate.objects.bulk_create(kept, batch_size=1_000)
    DuplicateSearch.objects.filter(pk=search_id).update(found=len(kept), finished_at=now())
    return len(kept)
