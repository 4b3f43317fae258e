"""Who acts for an organisation, from when until when."""

from __future__ import annotations

from django.db import transaction

from twiza.domain.directory.errors import AlreadyMember
from twiza.domain.directory.models import Membership, Organisation
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.kit.clock import now
from twiza.kit.errors import NotFound


@transaction.atomic
def add_member(organisation: Organisation, user: User, role: str, by: User | None, receives_texts: bool = False) -> Membership:
    """The person acts for the organisation in this role. Refuses somebody who already does (AlreadyMember)."""
    values = {"role": role, "receives_texts": receives_texts}
    membership, is_new = Membership.objects.get_or_create(organisation=organisation, user=user, until=None, defaults=values)
    if not is_new:
        raise AlreadyMember
    _remember("directory.add_member", membership, by)
    return membership


@transaction.atomic
def end_membership(organisation: Organisation, user: User, by: User | None) -> None:
    """From now on the person does not act for the organisation. Refuses somebody who does not (NotFound)."""
    membership = Membership.objects.filter(organisation=organisation, user=user, until=None).first()
    if membership is None:
        raise NotFound
    membership.until = now()
    membership.save(update_fields=["until"])
    _remember("directory.end_membership", membership, by)


@transaction.atomic
def choose_who_receives_texts(organisation: Organisation, user: User, receives: bool, by: User | None) -> None:
    """Orders are announced, or not, to this person by text message. Refuses a stranger (NotFound)."""
    changed = Membership.objects.filter(organisation=organisation, user=user, until=None).update(receives_texts=receives)
    if not changed:
        raise NotFound
    details = {"user": user.pk, "receives": receives}
    record("directory.choose_who_receives_texts", subject=f"organisation:{organisation.pk}", by=by, details=details)


def _remember(action: str, membership: Membership, by: User | None) -> None:
    details = {"user": membership.user_id, "role": membership.role}
    record(action, subject=f"organisation:{membership.organisation_id}", by=by, details=details)
