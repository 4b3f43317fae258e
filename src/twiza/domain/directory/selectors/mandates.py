"""Who acts for a cooperative that is not one of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from twiza.domain.directory.models import Mandate, Organisation
from twiza.domain.directory.models.mandates import ANSWER_WITHIN
from twiza.domain.directory.rules import COOPERATIVE_ROLES, live_mandates
from twiza.domain.directory.states import MandateState
from twiza.foundation.accounts.models import User
from twiza.kit.clock import now
from twiza.kit.errors import NotFound

# An answer that comes after the end is still recognised as one for this long.
REMEMBERED_FOR = timedelta(days=30)


def live_mandate_of(agent: User, organisation: Organisation) -> Mandate | None:
    """Under which the person acts for the cooperative at this moment."""
    return live_mandates().filter(agent=agent, organisation=organisation).select_related("employer").first()


def mandates_of(organisation: Organisation) -> Sequence[Mandate]:
    """Those that hold and those that wait for the cooperative's answer, the newest first."""
    known = Mandate.objects.filter(organisation=organisation, state__in=[MandateState.ASKED, MandateState.GRANTED])
    people = known.select_related("agent", "employer__published_revision", "granted_by").order_by("-pk")
    return [mandate for mandate in people if not mandate.is_over]


def mandates_asked_by(agent: User) -> Sequence[Mandate]:
    """What the agent asked and holds, with those refused or taken back in the last month, the newest first."""
    lately = Mandate.objects.filter(agent=agent, asked_at__gt=now() - timedelta(days=400))
    return list(lately.select_related("organisation__published_revision").order_by("-pk")[:100])


def mandate_to_answer(person: User, number: str) -> Mandate:
    """The mandate of this number over one of the person's own cooperatives, whatever its state (else NotFound)."""
    own = Mandate.objects.filter(
        organisation__memberships__user=person,
        organisation__memberships__until=None,
        organisation__memberships__role__in=COOPERATIVE_ROLES,
    ).exclude(agent=person)
    for mandate in own.select_related("organisation__published_revision", "agent").order_by("-pk").distinct():
        if mandate.number == number:
            return mandate
    raise NotFound


def mandates_waiting_for(person: User) -> list[Mandate]:
    """Those asked of the person's own cooperatives and not answered yet, the newest first."""
    own = Mandate.objects.filter(
        state=MandateState.ASKED,
        asked_at__gt=now() - ANSWER_WITHIN,
        organisation__memberships__user=person,
        organisation__memberships__until=None,
        organisation__memberships__role__in=COOPERATIVE_ROLES,
    )
    return list(own.order_by("-pk").distinct())


def mandates_asked_at(phone: str) -> list[Mandate]:
    """What this number on file was asked in the last month, answered or not, the newest first."""
    lately = Mandate.objects.filter(asked_phone=phone, asked_at__gt=now() - REMEMBERED_FOR) if phone else Mandate.objects.none()
    return list(lately.select_related("organisation__published_revision").order_by("-pk"))


def get_mandate_of(organisation: Organisation, mandate_id: int) -> Mandate:
    """A mandate of this cooperative (else NotFound)."""
    found = Mandate.objects.filter(organisation=organisation, pk=mandate_id).first()
    if found is None:
        raise NotFound
    return found


def get_mandate_of_agent(agent: User, mandate_id: int) -> Mandate:
    """A mandate that this agent asked (else NotFound)."""
    found = Mandate.objects.filter(agent=agent, pk=mandate_id).first()
    if found is None:
        raise NotFound
    return found


def agents_ever_of(organisation: Organisation) -> dict[int, str]:
    """Everybody who ever held a mandate of the cooperative, with their names."""
    held = Mandate.objects.filter(organisation=organisation, granted_at__isnull=False)
    return dict(held.values_list("agent_id", "agent__name"))
