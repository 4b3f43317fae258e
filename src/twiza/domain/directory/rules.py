"""Who may."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils.timezone import localtime

from twiza.domain.directory.models import BankDetailsChange, Membership, Organisation
from twiza.foundation.accounts.models import User
from twiza.kit.clock import now

DAYS_A_MONTH = 30.44

Viewer = User | AnonymousUser | None

COOPERATIVE_ROLES = frozenset({"president", "treasurer", "member", "field_agent"})
OPERATOR_ROLES = frozenset({"operator_manager", "operator_agent"})
# Who answers for the cooperative's money.
DECIDING_ROLES = frozenset({"president", "treasurer"})
SPEAKING_ROLES = COOPERATIVE_ROLES | OPERATOR_ROLES
# What its members say of such a page is shown at once; of another, once a keeper of the register agreed.
SPEAKS_AT_ONCE = frozenset({"claimed", "verified"})


def speaks_for(user: Viewer, organisation: Organisation) -> bool:
    """The person may act in the organisation's name."""
    return _has_role(user, organisation, SPEAKING_ROLES)


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
    """The person acts for the cooperative from inside: not its operator."""
    return _has_role(user, cooperative, COOPERATIVE_ROLES)


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
