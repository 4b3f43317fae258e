"""Who may."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils.timezone import localtime

from twiza.domain.directory.models import BankDetailsChange, Claim, ContactPoint, Mandate, Membership, Organisation
from twiza.domain.directory.models.organisation import COOPERATIVE_KINDS
from twiza.domain.directory.states import MandateState
from twiza.foundation.accounts.models import User
from twiza.kit.clock import now
from twiza.kit.phone import is_mobile

DAYS_A_MONTH = 30.44

Viewer = User | AnonymousUser | None

COOPERATIVE_ROLES = frozenset({"president", "treasurer", "member"})
OPERATOR_ROLES = frozenset({"operator_manager", "operator_agent"})
# Who answers for the cooperative's money.
DECIDING_ROLES = frozenset({"president", "treasurer"})
SPEAKING_ROLES = COOPERATIVE_ROLES | OPERATOR_ROLES
# What its members say of such a page is shown at once; of another, once a keeper of the register agreed.
SPEAKS_AT_ONCE = frozenset({"claimed", "verified"})
# Who may ask cooperatives for a mandate. A field agent speaks for nobody without one.
AGENT_ROLES = OPERATOR_ROLES | {"field_agent"}


def live_mandates() -> QuerySet[Mandate]:
    """Those under which somebody may act at this moment; none over a page that is part of another one."""
    held = Mandate.objects.filter(state=MandateState.GRANTED, ends_at__gt=now(), agent__is_active=True)
    return held.filter(organisation__merged_into=None)


def speaks_for(user: Viewer, organisation: Organisation) -> bool:
    """The person may act in the organisation's name: as one of its people, or under a mandate that still holds."""
    return _has_role(user, organisation, SPEAKING_ROLES) or acts_under_mandate(user, organisation)


def acts_under_mandate(user: Viewer, organisation: Organisation) -> bool:
    """The person acts for the cooperative without belonging to it."""
    return isinstance(user, User) and live_mandates().filter(organisation=organisation, agent=user).exists()


def decides_for(user: Viewer, organisation: Organisation) -> bool:
    """The person says who else belongs to the cooperative and who may act for it: its president; while there is none,
    whoever has belonged to it the longest."""
    if not isinstance(user, User) or not user.is_active:
        return False
    return user.pk in people_deciding(organisation)


def people_deciding(organisation: Organisation) -> list[int]:
    """Who decides for the cooperative, the longest-standing first."""
    live = Membership.objects.filter(organisation=organisation, until=None, role__in=COOPERATIVE_ROLES, user__is_active=True)
    people = list(live.order_by("since", "pk").values_list("user_id", "role"))
    return [user for user, role in people if role == "president"] or [user for user, _role in people[:1]]


def people_who_may_object(claim: Claim) -> list[User]:
    """The cooperative's own people who belonged to it before the claimant, and still do."""
    live = Q(memberships__organisation=claim.organisation_id, memberships__until=None, memberships__role__in=COOPERATIVE_ROLES)
    before = User.objects.filter(live, memberships__since__lt=claim.decided_at, is_active=True)
    return list(before.exclude(pk=claim.person_id).order_by("memberships__since", "pk"))


def contacts_for_codes(organisation: Organisation) -> list[ContactPoint]:
    """Where a code may go: mobile numbers only, since nothing is read at a fixed telephone."""
    known: dict[str, ContactPoint] = {}
    for contact in ContactPoint.objects.filter(organisation=organisation, kind__in=["phone", "whatsapp"]):
        if is_mobile(contact.value):
            known.setdefault(contact.value, contact)
    return list(known.values())


def language_on_file(organisation: Organisation) -> str:
    """In which language we write to a number on file, when it is nobody's we know."""
    revision = organisation.published_revision
    only_arabic = revision is not None and not revision.name_fr and bool(revision.name_ar)
    return "ar" if only_arabic else "fr"


def employer_of(agent: Viewer) -> Organisation | None:
    """The operator or partner for which the person goes to cooperatives, the first one joined."""
    if not isinstance(agent, User) or not agent.is_active:
        return None
    live = Membership.objects.filter(user=agent, until=None, role__in=AGENT_ROLES).exclude(
        organisation__kind__in=COOPERATIVE_KINDS
    )
    first = live.select_related("organisation__published_revision").order_by("since", "pk").first()
    return first.organisation if first else None


def answers_for(user: Viewer, seller: Organisation) -> bool:
    """The person may act on what was ordered from this organisation; once it was merged, from the page that took it in."""
    own = Organisation(pk=seller.merged_into_id or seller.pk)
    return speaks_for(user, own)


def manages(user: Viewer, operator: Organisation) -> bool:
    """The person decides for the operator: conditions, assortment, moderation, payouts."""
    return _has_role(user, operator, frozenset({"operator_manager"}))


def keeps_register(user: Viewer) -> bool:
    """The person looks after the national register: the staff, and whoever works for an organisation entrusted with it."""
    if not isinstance(user, User) or not user.is_active:
        return False
    live = Membership.objects.filter(user=user, until__isnull=True, role__in=OPERATOR_ROLES, organisation__keeps_register=True)
    return user.is_staff or live.exists()


def belongs_to(user: Viewer, cooperative: Organisation) -> bool:
    """The person is one of the cooperative's own: not its operator, nor an agent under a mandate."""
    return _has_role(user, cooperative, COOPERATIVE_ROLES)


def answers_for_money(user: Viewer, cooperative: Organisation) -> bool:
    """The person is its president or its treasurer."""
    return _has_role(user, cooperative, DECIDING_ROLES)


def may_stop_bank_change(user: Viewer, change: BankDetailsChange) -> bool:
    """Every member may say no, and so may whoever keeps the register: a wrong no costs three days, a wrong yes an income."""
    return belongs_to(user, change.organisation) or keeps_register(user)


def may_approve_bank_change(user: Viewer, change: BankDetailsChange) -> bool:
    """A second person: the president or the treasurer, in office before it was asked.

    When the cooperative has nobody else in these roles, whoever keeps the register.
    """
    if not isinstance(user, User) or user.pk == change.asked_by_id:
        return False
    deciders = second_people_of(change)
    return any(person == user.pk for person in deciders) or (not deciders and keeps_register(user))


def second_people_of(change: BankDetailsChange) -> list[int]:
    """The ids of those in the cooperative who may approve. Nobody who came after the question: not an accomplice."""
    deciders = Membership.objects.filter(
        organisation=change.organisation_id,
        role__in=DECIDING_ROLES,
        until__isnull=True,
        since__lte=change.asked_at,
        user__is_active=True,
    )
    return list(deciders.exclude(user=change.asked_by_id).values_list("user_id", flat=True))


def may_decide(user: Viewer, organisation: Organisation) -> bool:
    """The person takes over or refuses what is proposed for a page: its members once it is theirs, keepers of the register."""
    return (organisation.state in SPEAKS_AT_ONCE and speaks_for(user, organisation)) or keeps_register(user)


def fresh_since() -> datetime:
    """Whoever confirmed a page before this moment, by Morocco's clock, may be asked again: FRESHNESS_MONTHS ago."""
    return localtime(now() - timedelta(days=round(settings.FRESHNESS_MONTHS * DAYS_A_MONTH)))


def _has_role(user: Viewer, organisation: Organisation, roles: frozenset[str]) -> bool:
    if not isinstance(user, User) or not user.is_active:
        return False
    return Membership.objects.filter(organisation=organisation, user=user, until__isnull=True, role__in=roles).exists()
