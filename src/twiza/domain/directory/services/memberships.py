"""Who acts for an organisation, from when until when."""

from __future__ import annotations

from django.db import transaction

from twiza.domain.directory.errors import AlreadyMember, LastToDecide, MandateNeeded
from twiza.domain.directory.events import MemberAdded
from twiza.domain.directory.locking import lock_organisation
from twiza.domain.directory.models import Membership, Organisation
from twiza.domain.directory.rules import AGENT_ROLES, COOPERATIVE_ROLES, decides_for
from twiza.domain.directory.services.mandates import end_mandates_of_former_agent
from twiza.foundation.accounts.models import User
from twiza.foundation.accounts.services import register_person
from twiza.foundation.audit.services import record
from twiza.foundation.events.services import publish
from twiza.kit.clock import now
from twiza.kit.errors import NotFound


@transaction.atomic
def add_member(organisation: Organisation, user: User, role: str, by: User | None, receives_texts: bool = False) -> Membership:
    """The person acts for the organisation in this role.

    Refuses somebody who already does (AlreadyMember), and an agent of a cooperative, who needs a mandate (MandateNeeded).
    """
    if organisation.is_cooperative and role not in COOPERATIVE_ROLES:
        raise MandateNeeded
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
    if membership.role in AGENT_ROLES:
        end_mandates_of_former_agent(user, organisation, by)


@transaction.atomic
def add_member_by_phone(organisation: Organisation, *, name: str, phone: str, role: str, language: str, by: User) -> Membership:
    """The person with this number (E.164) belongs to the cooperative and is told by text (MemberAdded).

    Somebody we do not know yet is known by this name from now on. Raises NotFound for whoever does not decide for the
    cooperative, AlreadyMember.
    """
    lock_organisation(organisation.pk)
    if not decides_for(by, organisation):
        raise NotFound
    person = register_person(name=name, phone=phone, language=language)
    membership = add_member(organisation, person, role, by)
    publish(MemberAdded(membership_id=membership.pk))
    return membership


@transaction.atomic
def let_member_go(organisation: Organisation, user_id: int, *, by: User) -> Membership:
    """The person belongs to the cooperative no more. Everybody may leave; who decides may end anybody's membership.

    Raises NotFound for anybody else, LastToDecide when nobody would be left.
    """
    lock_organisation(organisation.pk)
    live = Membership.objects.filter(organisation=organisation, user_id=user_id, until=None, role__in=COOPERATIVE_ROLES)
    membership = live.select_related("user").first()
    if membership is None or not (decides_for(by, organisation) or by.pk == user_id):
        raise NotFound
    others = Membership.objects.filter(organisation=organisation, until=None, role__in=COOPERATIVE_ROLES)
    if not others.exclude(pk=membership.pk).exists():
        raise LastToDecide
    end_membership(organisation, membership.user, by)
    return membership


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
