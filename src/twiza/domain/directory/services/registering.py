"""Entering the directory, and saying something new of oneself."""

from __future__ import annotations

from django.db import transaction

from twiza.domain.directory.errors import PlaceUnknown, RevisionNotWaiting, StateNotAllowed
from twiza.domain.directory.events import CooperativeRegistered
from twiza.domain.directory.forms import ContactDetails, IdentifierDetails, OrganisationDetails
from twiza.domain.directory.locking import lock_organisation
from twiza.domain.directory.models import Organisation, Revision
from twiza.domain.directory.services.drafting import draft
from twiza.domain.directory.services.naming import free_slug, wanted_slug
from twiza.domain.directory.services.particulars import add_contact, add_identifier
from twiza.domain.directory.states import OrganisationState, RevisionState, may_become
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.foundation.events.services import publish
from twiza.foundation.places.models import Commune, Province
from twiza.foundation.search.services import note_change

__all__ = [
    "ContactDetails",
    "IdentifierDetails",
    "OrganisationDetails",
    "change_state",
    "publish_revision",
    "register_organisation",
    "reject_revision",
    "revise",
]


@transaction.atomic
def register_organisation(
    *, kind: str, details: OrganisationDetails, by: User | None, is_fictional: bool = False, slug: str | None = None
) -> Organisation:
    """The organisation is in the directory, its first revision published, its numbers and contacts kept.

    Refuses without a name (NameMissing), with somebody else's number (IdentifierTaken) or an unknown place (PlaceUnknown).
    Whoever welcomes cooperatives hears of it.
    """
    _check_place(details)
    organisation = Organisation(kind=kind, is_fictional=is_fictional, slug=free_slug(slug or wanted_slug(details)))
    first = draft(organisation, details, number=1, state=RevisionState.PUBLISHED, author=by)
    organisation.save()
    first.organisation = organisation
    first.save()
    organisation.published_revision = first
    organisation.save(update_fields=["published_revision"])
    for identifier in details.identifiers:
        add_identifier(organisation, identifier, by)
    for contact in details.contacts:
        add_contact(organisation, contact)
    record("directory.register", subject=f"organisation:{organisation.pk}", by=by)
    if organisation.is_cooperative:
        publish(CooperativeRegistered(organisation_id=organisation.pk))
        note_change("cooperative", organisation.pk)
    return organisation


@transaction.atomic
def revise(organisation: Organisation, details: OrganisationDetails, by: User | None) -> Revision:
    """A new version waits for approval; the public sees the older one until then. Contacts and numbers are not touched."""
    _check_place(details)
    organisation = lock_organisation(organisation.pk)
    newest = organisation.revisions.order_by("-number").first()
    revision = draft(organisation, details, number=newest.number + 1 if newest else 1, state=RevisionState.PENDING, author=by)
    revision.save()
    record("directory.revise", subject=f"organisation:{organisation.pk}", by=by, details={"number": revision.number})
    return revision


@transaction.atomic
def publish_revision(revision: Revision, by: User | None) -> None:
    """Everybody sees this version from now on. Refuses one already published or rejected (RevisionNotWaiting)."""
    organisation = lock_organisation(revision.organisation_id)
    _leave_waiting(revision, RevisionState.PUBLISHED)
    organisation.published_revision = revision
    organisation.save(update_fields=["published_revision"])
    details = {"number": revision.number}
    record("directory.publish_revision", subject=f"organisation:{organisation.pk}", by=by, details=details)
    note_change("cooperative", organisation.pk)


@transaction.atomic
def reject_revision(revision: Revision, by: User, reason: str) -> None:
    """The version will not be shown; the reason is remembered. Refuses one already decided (RevisionNotWaiting)."""
    lock_organisation(revision.organisation_id)
    _leave_waiting(revision, RevisionState.REJECTED)
    subject = f"organisation:{revision.organisation_id}"
    record("directory.reject_revision", subject=subject, by=by, details={"number": revision.number, "reason": reason})


@transaction.atomic
def change_state(organisation: Organisation, state: str, by: User | None, reason: str = "") -> None:
    """The organisation is claimed, verified, suspended or closed. Refuses a step its state does not allow (StateNotAllowed)."""
    current = lock_organisation(organisation.pk)
    if state == OrganisationState.MERGED or not may_become(current.state, state):
        raise StateNotAllowed(before=current.get_state_display(), after=OrganisationState(state).label)
    details = {"before": current.state, "after": state, "reason": reason}
    current.state = organisation.state = state
    current.merged_into = organisation.merged_into = None
    current.save(update_fields=["state", "merged_into"])
    record("directory.change_state", subject=f"organisation:{current.pk}", by=by, details=details)
    note_change("cooperative", current.pk)


def _leave_waiting(revision: Revision, state: str) -> None:
    waiting = Revision.objects.filter(pk=revision.pk, state__in=[RevisionState.DRAFT, RevisionState.PENDING])
    if not waiting.update(state=state):
        raise RevisionNotWaiting
    revision.state = state


def _check_place(details: OrganisationDetails) -> None:
    if details.commune_code and not Commune.objects.filter(pk=details.commune_code).exists():
        raise PlaceUnknown(code=details.commune_code)
    if details.province_code and not Province.objects.filter(pk=details.province_code).exists():
        raise PlaceUnknown(code=details.province_code)
