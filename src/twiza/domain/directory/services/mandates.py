"""A cooperative lets an agent key in for it, and takes that back."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from twiza.domain.directory.errors import (
    AlreadyActsFor,
    CooperativeNotFound,
    MandateAskedAlready,
    MandateOver,
    NobodyToAsk,
    TooManyMandatesAsked,
)
from twiza.domain.directory.events import MandateAsked, MandateGranted, MandateRevoked
from twiza.domain.directory.locking import lock_mandate, lock_organisation
from twiza.domain.directory.models import Mandate, Organisation
from twiza.domain.directory.models.mandates import ANSWER_WITHIN
from twiza.domain.directory.rules import belongs_to, decides_for, employer_of, people_deciding, speaks_for
from twiza.domain.directory.services.addressing import cooperative_named
from twiza.domain.directory.states import MandateState
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.foundation.events.services import publish
from twiza.kit.clock import now
from twiza.kit.errors import NotFound

LASTS = timedelta(days=365)
MOST_ASKED_A_DAY = 20


@transaction.atomic
def ask_for_mandate(agent: User, written: str) -> Mandate:
    """Whoever decides for the cooperative is asked by text whether the agent may key in for it (MandateAsked).

    `written` is its page's address or a telephone number. Raises NotFound for whoever is no agent, CooperativeNotFound,
    AlreadyActsFor, MandateAskedAlready, NobodyToAsk, TooManyMandatesAsked.
    """
    employer = employer_of(agent)
    if employer is None:
        raise NotFound
    # Counted under the employer's lock: two requests at once are two questions, not one.
    lock_organisation(employer.pk)
    if Mandate.objects.filter(agent=agent, asked_at__gt=now() - timedelta(days=1)).count() >= MOST_ASKED_A_DAY:
        raise TooManyMandatesAsked
    found = cooperative_named(written)
    if found is None:
        raise CooperativeNotFound
    mandate = _new_mandate(lock_organisation(found.pk), agent, employer)
    record("directory.ask_for_mandate", subject=f"organisation:{found.pk}", by=agent, details={"mandate": mandate.pk})
    publish(MandateAsked(mandate_id=mandate.pk))
    return mandate


@transaction.atomic
def grant_mandate(mandate: Mandate, *, by: User) -> Mandate:
    """For a year the agent may act for the cooperative in its shop, and is told (MandateGranted). Granted twice counts once.

    Raises NotFound for whoever does not decide for the cooperative, MandateOver.
    """
    current = lock_mandate(mandate.pk)
    if not decides_for(by, current.organisation) or current.agent == by:
        raise NotFound
    if current.is_over or current.state not in {MandateState.ASKED, MandateState.GRANTED}:
        raise MandateOver
    if current.state == MandateState.GRANTED:
        return current
    current.state, current.granted_by = MandateState.GRANTED, by
    current.granted_at, current.ends_at = now(), now() + LASTS
    current.save(update_fields=["state", "granted_by", "granted_at", "ends_at"])
    _remember("directory.grant_mandate", current, by)
    publish(MandateGranted(mandate_id=current.pk))
    return current


@transaction.atomic
def revoke_mandate(mandate: Mandate, *, by: User) -> Mandate:
    """The agent may not, or no longer, act for the cooperative: from the next request on nothing of it is there for them.

    Anybody of the cooperative may revoke and the agent is told (MandateRevoked); the agent may give it back. Revoked twice
    counts once. Raises NotFound for anybody else.
    """
    current = lock_mandate(mandate.pk)
    if not belongs_to(by, current.organisation) and current.agent != by:
        raise NotFound
    if current.state in {MandateState.ASKED, MandateState.GRANTED}:
        _end(current, by)
        if current.agent != by:
            publish(MandateRevoked(mandate_id=current.pk))
    return current


def end_mandates_of_former_agent(agent: User, employer: Organisation, by: User | None) -> None:
    """Who works for the operator no more acts for no cooperative in its name. Call it when the membership ends."""
    for pk in Mandate.objects.filter(agent=agent, employer=employer, state__in=["asked", "granted"]).values_list("pk", flat=True):
        _end(lock_mandate(pk), by)


def _new_mandate(organisation: Organisation, agent: User, employer: Organisation) -> Mandate:
    if speaks_for(agent, organisation):
        raise AlreadyActsFor
    lately = Q(state=MandateState.ASKED) | Q(state=MandateState.REFUSED)
    if Mandate.objects.filter(lately, organisation=organisation, agent=agent, asked_at__gt=now() - ANSWER_WITHIN).exists():
        raise MandateAskedAlready
    if not User.objects.filter(pk__in=people_deciding(organisation), phone__isnull=False).exists():
        raise NobodyToAsk
    stale = Mandate.objects.filter(organisation=organisation, agent=agent, state__in=["asked", "granted"])
    stale.update(state=MandateState.ENDED)
    return Mandate.objects.create(organisation=organisation, agent=agent, employer=employer)


def _end(mandate: Mandate, by: User | None) -> None:
    was_granted = mandate.state == MandateState.GRANTED
    mandate.state = MandateState.REVOKED if was_granted else MandateState.REFUSED
    mandate.revoked_by, mandate.revoked_at = by, now()
    mandate.save(update_fields=["state", "revoked_by", "revoked_at"])
    _remember("directory.revoke_mandate" if was_granted else "directory.refuse_mandate", mandate, by)


def _remember(action: str, mandate: Mandate, by: User | None) -> None:
    details = {"mandate": mandate.pk, "agent": mandate.agent_id}
    record(action, subject=f"organisation:{mandate.organisation_id}", by=by, details=details)
