"""Two pages that speak of one cooperative become one, and two again when that was wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from twiza.domain.directory.errors import (
    AlreadyMerged,
    BankChangeWaiting,
    ClosedNotKept,
    HasTakenInOthers,
    MergeAlreadyUndone,
    MergeOfOtherKinds,
    MergeWithItself,
    SuspendedNotMerged,
)
from twiza.domain.directory.events import MergeUndone, OrganisationsMerged
from twiza.domain.directory.locking import lock_organisations
from twiza.domain.directory.models import (
    BankDetailsChange,
    DuplicateCandidate,
    DuplicateDecision,
    Membership,
    Merge,
    Organisation,
)
from twiza.domain.directory.rules import COOPERATIVE_ROLES, keeps_register
from twiza.domain.directory.services.moving import check_numbers_agree, move_back, move_particulars
from twiza.domain.directory.states import SURENESS, OrganisationState
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.foundation.events.services import publish
from twiza.foundation.search.services import note_changes
from twiza.kit.clock import now
from twiza.kit.errors import DomainError, NotAllowed, NotFound


@dataclass(frozen=True)
class MergeOutcome:
    """What became of one of many merges: the merge, or why it was refused."""

    kept_id: int
    merged_id: int
    merge: Merge | None = None
    refusal: DomainError | None = None


@transaction.atomic
def merge_organisations(kept: Organisation, merged: Organisation, *, by: User) -> Merge:
    """`merged` is part of `kept`: its address leads there; its numbers, contacts, certificates and people are the kept one's;
    its products follow (OrganisationsMerged), its orders stay under its name and are answered by the kept one's people.

    What the kept page says does not change. Each row that moved is remembered, for `undo_merge`. Raises NotAllowed,
    MergeWithItself, AlreadyMerged, HasTakenInOthers, MergeOfOtherKinds, SuspendedNotMerged, ClosedNotKept,
    BankChangeWaiting, NumbersDisagree; then nothing happened.
    """
    if not keeps_register(by):
        raise NotAllowed
    both = lock_organisations([kept.pk, merged.pk])
    kept, merged = both[kept.pk], both[merged.pk]
    _check(kept, merged)
    check_numbers_agree(kept, merged)
    merge = Merge(kept=kept, merged=merged, by=by, merged_state=merged.state, kept_state=kept.state)
    merge.moved = move_particulars(kept, merged)
    merge.save()
    kept.state = max(kept.state, merged.state, key=SURENESS.index)
    kept.save(update_fields=["state"])
    merged.state, merged.merged_into = OrganisationState.MERGED, kept
    merged.save(update_fields=["state", "merged_into"])
    _forget_candidates(merged)
    _tell(merge, "directory.merge", by)
    publish(OrganisationsMerged(merge_id=merge.pk, kept_id=kept.pk, merged_id=merged.pk))
    return merge


@transaction.atomic
def undo_merge(merge: Merge, *, by: User) -> Merge:
    """The two are two again: every row that moved and is still there goes back, the merged page is what it was.

    What was added or changed since stays with the kept page. Products go back too (MergeUndone). Raises NotAllowed,
    MergeAlreadyUndone.
    """
    if not keeps_register(by):
        raise NotAllowed
    both = lock_organisations([merge.kept_id, merge.merged_id])
    merge = Merge.objects.get(pk=merge.pk)
    if merge.undone_at is not None:
        raise MergeAlreadyUndone
    kept, merged = both[merge.kept_id], both[merge.merged_id]
    move_back(kept, merged, merge.moved)
    if _is_only_raised(kept, merge):
        kept.state = merge.kept_state
        kept.save(update_fields=["state"])
    merged.state, merged.merged_into = merge.merged_state, None
    merged.save(update_fields=["state", "merged_into"])
    merge.undone_at, merge.undone_by = now(), by
    merge.save(update_fields=["undone_at", "undone_by"])
    _tell(merge, "directory.undo_merge", by)
    publish(MergeUndone(merge_id=merge.pk, kept_id=kept.pk, merged_id=merged.pk))
    return merge


def merge_many(pairs: Iterable[tuple[int, int]], *, by: User) -> list[MergeOutcome]:
    """Each (kept id, merged id) as `merge_organisations`; one that is refused does not stop the others.

    Pairs that share a page are one family: of A with B and B with C, both become part of A.
    """
    root_of = _families(pairs)
    outcomes = []
    for merged_id in sorted(root_of):
        kept_id = _root(root_of, merged_id)
        organisations = Organisation.objects.in_bulk([kept_id, merged_id])
        try:
            if len(organisations) < 2:
                raise NotFound
            merge = merge_organisations(organisations[kept_id], organisations[merged_id], by=by)
            outcomes.append(MergeOutcome(kept_id, merged_id, merge=merge))
        except DomainError as refusal:
            outcomes.append(MergeOutcome(kept_id, merged_id, refusal=refusal))
    return outcomes


@transaction.atomic
def tell_apart(first: Organisation, second: Organisation, *, by: User) -> DuplicateDecision:
    """The two are two: no search proposes them again. Said twice, the first time counts. Raises NotAllowed, MergeWithItself."""
    if not keeps_register(by):
        raise NotAllowed
    if first.pk == second.pk:
        raise MergeWithItself
    low, high = sorted((first.pk, second.pk))
    decision, is_new = DuplicateDecision.objects.get_or_create(first_id=low, second_id=high, defaults={"by": by})
    DuplicateCandidate.objects.filter(first=low, second=high).delete()
    if is_new:
        record("directory.tell_apart", subject=f"organisation:{low}", by=by, details={"other": high})
    return decision


def tell_apart_by_ids(first_id: int, second_id: int, *, by: User) -> DuplicateDecision:
    """As `tell_apart`."""
    return tell_apart(Organisation(pk=first_id), Organisation(pk=second_id), by=by)


def _check(kept: Organisation, merged: Organisation) -> None:
    if kept.pk == merged.pk:
        raise MergeWithItself
    _check_one(kept)
    _check_one(merged)
    if kept.state == OrganisationState.CLOSED:
        raise ClosedNotKept(name=kept.name)
    if merged.merged_from.exists():
        raise HasTakenInOthers(name=merged.name)
    if BankDetailsChange.objects.filter(organisation=merged, state__in=BankDetailsChange.OPEN).exists():
        raise BankChangeWaiting


def _check_one(one: Organisation) -> None:
    if one.merged_into is not None:
        raise AlreadyMerged(name=one.name, kept=one.merged_into.name)
    if not one.is_cooperative:
        raise MergeOfOtherKinds(name=one.name)
    if one.state == OrganisationState.SUSPENDED:
        raise SuspendedNotMerged(name=one.name)


def _is_only_raised(kept: Organisation, merge: Merge) -> bool:
    """The kept page is claimed or verified only because the merged one was, and nobody joined it since."""
    if kept.state == merge.kept_state or kept.state != merge.merged_state:
        return False
    joined = Membership.objects.filter(organisation=kept, until=None, since__gt=merge.at, role__in=COOPERATIVE_ROLES)
    return not joined.exists()


def _forget_candidates(merged: Organisation) -> None:
    DuplicateCandidate.objects.filter(first=merged).delete()
    DuplicateCandidate.objects.filter(second=merged).delete()


def _tell(merge: Merge, action: str, by: User) -> None:
    details = {"merge": merge.pk, "kept": merge.kept_id, "merged": merge.merged_id}
    for one in (merge.kept_id, merge.merged_id):
        record(action, subject=f"organisation:{one}", by=by, details=details)
    note_changes("cooperative", [merge.kept_id, merge.merged_id])


def _families(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """For each page that will be merged, the page next to it on the way to the one that is kept."""
    towards: dict[int, int] = {}
    for kept, merged in pairs:
        root, other = _root(towards, kept), _root(towards, merged)
        if root != other:
            towards[other] = root
    return towards


def _root(towards: dict[int, int], one: int) -> int:
    while (following := towards.get(one, one)) != one:
        one = following
    return one
