"""The words of a page over time: said anew by its members, taken or refused when others propose them, brought back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from twiza.domain.directory.errors import (
    MembersDoNotAddUp,
    NothingChosen,
    PageChangedMeanwhile,
    ReasonMissing,
    RevisionNotWaiting,
    SaidOtherwiseMeanwhile,
)
from twiza.domain.directory.forms import OrganisationDetails
from twiza.domain.directory.locking import lock_organisation
from twiza.domain.directory.models import Organisation, Revision
from twiza.domain.directory.rules import SPEAKS_AT_ONCE, may_decide, speaks_for
from twiza.domain.directory.services.comparing import Difference, differences, with_taken
from twiza.domain.directory.services.drafting import details_said_by, draft, next_number, tidied
from twiza.domain.directory.services.registering import reject_revision
from twiza.domain.directory.states import RevisionState
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.foundation.search.services import note_change
from twiza.kit.errors import NotFound

MEMBER_PARTS = ("members_women", "members_men", "members_youth")


def version_at_hand(organisation: Organisation) -> Revision | None:
    """What its members see on their own screens: their newest words that still wait, else what everybody sees."""
    return _own_waiting(organisation).order_by("-number").first() or organisation.published_revision


def words_at_hand(organisation: Organisation) -> OrganisationDetails:
    """What the version at hand says, with what was published since it was written."""
    version = version_at_hand(organisation)
    if version is None or version.state == RevisionState.PUBLISHED:
        return _said_now(organisation)
    return with_taken(_said_now(organisation), differences_of(version, organisation))


def differences_of(revision: Revision, organisation: Organisation) -> tuple[Difference, ...]:
    """What a version that waits would change on the page as it is now."""
    base = _base_of(revision)
    return differences(
        details_said_by(base) if base else OrganisationDetails(), _said_now(organisation), details_said_by(revision)
    )


@transaction.atomic
def say_of_oneself(organisation: Organisation, said: Mapping[str, Any], *, seen: int, by: User) -> Revision | None:
    """These fields read so from now on; nothing happens when they already do.

    A claimed or verified page shows it at once, any other once a keeper of the register agreed. `seen` is the number of the
    version the person had before her eyes: what others changed since stays, unless both changed the same field
    (SaidOtherwiseMeanwhile). Raises NotFound, NameMissing, MembersDoNotAddUp.
    """
    if not speaks_for(by, organisation):
        raise NotFound
    current = lock_organisation(organisation.pk)
    now_said = words_at_hand(current)
    news = _news(current, seen, now_said, said)
    if not news:
        return None
    details = replace(now_said, **news)
    check_members(details)
    return _speak(current, details, by)


@transaction.atomic
def accept_changes(revision: Revision, things: Collection[str] | None, *, seen: int, by: User) -> Revision:
    """Everybody sees these things as the version says them, or all of it (None); what it leaves to others is not undone.

    `seen` is the number of the page it was compared with. Raises NotFound, RevisionNotWaiting, PageChangedMeanwhile,
    NothingChosen.
    """
    organisation = _decide(revision, by)
    shown = organisation.published_revision
    if shown is None or shown.number != seen:
        raise PageChangedMeanwhile
    offered = differences_of(revision, organisation)
    taken = [one for one in offered if things is None or one.thing in things]
    if offered and not taken:
        raise NothingChosen
    if len(taken) == len(offered) and _base_of(revision) == shown:
        return _publish(organisation, revision, by)
    revision.state = RevisionState.TAKEN
    revision.save(update_fields=["state"])
    details = with_taken(details_said_by(shown), taken)
    check_members(details)
    newer = draft(organisation, details, number=next_number(organisation), state=RevisionState.DRAFT, author=by)
    newer.save()
    return _publish(organisation, newer, by, taken_from=revision.number, things=[one.thing for one in taken])


@transaction.atomic
def refuse_changes(revision: Revision, reason: str, *, by: User) -> None:
    """The version is not shown, and why is remembered. Raises NotFound, RevisionNotWaiting, ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing
    _decide(revision, by)
    reject_revision(revision, by, reason.strip())


@transaction.atomic
def restore_revision(organisation: Organisation, number: int, *, seen: int, by: User) -> Revision | None:
    """The page reads again as its version `number` did, as a new version; nothing happens when it already does.

    Raises NotFound (also for a version that nobody but its members ever saw) and PageChangedMeanwhile.
    """
    if not may_decide(by, organisation):
        raise NotFound
    current = lock_organisation(organisation.pk)
    shown, old = current.published_revision, current.revisions.filter(number=number, state=RevisionState.PUBLISHED).first()
    if shown is None or old is None:
        raise NotFound
    if shown.number != seen:
        raise PageChangedMeanwhile
    if shown.fingerprint == old.fingerprint:
        return None
    newer = draft(current, details_said_by(old), number=next_number(current), state=RevisionState.DRAFT, author=by)
    newer.save()
    return _publish(current, newer, by, restored=number)


def check_members(details: OrganisationDetails) -> None:
    """Raises MembersDoNotAddUp when a part of the members is more than all of them."""
    counts = [getattr(details, part) for part in MEMBER_PARTS]
    if details.members_total is not None and any(count is not None and count > details.members_total for count in counts):
        raise MembersDoNotAddUp


def _news(organisation: Organisation, seen: int, now_said: OrganisationDetails, said: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that the person changed. Raises SaidOtherwiseMeanwhile for those that somebody else changed too."""
    version = organisation.revisions.filter(number=seen).first()
    before = details_said_by(version) if version else now_said
    wanted = {field: getattr(tidied(replace(before, **{field: value})), field) for field, value in said.items()}
    changed = {field: value for field, value in wanted.items() if value != getattr(before, field)}
    disputed = [field for field, value in changed.items() if getattr(now_said, field) not in (getattr(before, field), value)]
    if disputed:
        raise SaidOtherwiseMeanwhile(fields=disputed)
    return {field: value for field, value in changed.items() if value != getattr(now_said, field)}


def _speak(organisation: Organisation, details: OrganisationDetails, by: User) -> Revision:
    """A version with these words; the members' own earlier one that waited is in it, and waits no more."""
    _own_waiting(organisation).update(state=RevisionState.TAKEN)
    at_once = organisation.state in SPEAKS_AT_ONCE
    state = RevisionState.DRAFT if at_once else RevisionState.PENDING
    revision = draft(organisation, details, number=next_number(organisation), state=state, author=by)
    revision.save()
    if at_once:
        return _publish(organisation, revision, by)
    record("directory.revise", subject=f"organisation:{organisation.pk}", by=by, details={"number": revision.number})
    return revision


def _own_waiting(organisation: Organisation) -> QuerySet[Revision]:
    return organisation.revisions.filter(state=RevisionState.PENDING, author__isnull=False, import_batch=None, undoes=None)


def _publish(organisation: Organisation, revision: Revision, by: User, **told: object) -> Revision:
    revision.state = RevisionState.PUBLISHED
    revision.save(update_fields=["state"])
    organisation.published_revision = revision
    organisation.save(update_fields=["published_revision"])
    details = {"number": revision.number, **told}
    record("directory.publish_revision", subject=f"organisation:{organisation.pk}", by=by, details=details)
    note_change("cooperative", organisation.pk)
    return revision


def _decide(revision: Revision, by: User) -> Organisation:
    """The organisation, locked, when the version still waits and the person may decide about it."""
    organisation = lock_organisation(revision.organisation_id)
    if not may_decide(by, organisation):
        raise NotFound
    revision.refresh_from_db(fields=["state"])
    if revision.state != RevisionState.PENDING:
        raise RevisionNotWaiting
    return organisation


def _base_of(revision: Revision) -> Revision | None:
    """What everybody saw when it was written. Versions from before that was noted: the one published before them."""
    if revision.base_id:
        return revision.base
    before = Revision.objects.filter(
        organisation=revision.organisation_id, number__lt=revision.number, state=RevisionState.PUBLISHED
    )
    return before.order_by("-number").first()


def _said_now(organisation: Organisation) -> OrganisationDetails:
    shown = organisation.published_revision
    return details_said_by(shown) if shown else OrganisationDetails()
