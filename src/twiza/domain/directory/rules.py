"""Who may."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from twiza.domain.directory.models import Membership, Organisation
from twiza.foundation.accounts.models import User

Viewer = User | AnonymousUser | None

COOPERATIVE_ROLES = frozenset({"president", "treasurer", "member", "field_agent"})
OPERATOR_ROLES = frozenset({"operator_manager", "operator_agent"})
SPEAKING_ROLES = COOPERATIVE_ROLES | OPERATOR_ROLES


def speaks_for(user: Viewer, organisation: Organisation) -> bool:
    """The person may act in the organisation's name."""
    return _has_role(user, organisation, SPEAKING_ROLES)


def manages(user: Viewer, operator: Organisation) -> bool:
    """The person decides for the operator: conditions, assortment, moderation, payouts."""
    return _has_role(user, operator, frozenset({"operator_manager"}))


def keeps_register(user: Viewer) -> bool:
    """The person looks after the national register: the staff, and whoever works for an organisation entrusted with it."""
    if not isinstance(user, User) or not user.is_active:
        return False
    live = Membership.objects.filter(user=user, until__isnull=True, role__in=OPERATOR_ROLES, organisation__keeps_register=True)
    return user.is_staff or live.exists()


def _has_role(user: Viewer, organisation: Organisation, roles: frozenset[str]) -> bool:
    if not isinstance(user, User) or not user.is_active:
        return False
    return Membership.objects.filter(organisation=organisation, user=user, until__isnull=True, role__in=roles).exists()
