"""A cooperative lets an agent key in for it, and takes that back.

While nobody decides for the cooperative, the mobile number on file is asked (telephone_answers.py).
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from twiza.domain.directory.errors import (
    AlreadyActsFor,
    CooperativeNotFound,
    MandateAskedAlready,
    MandateOver,
    NobodyToAsk,
    TooManyMandatesAsked,
)
from twiza.domain.directory.events import MandateAsked, MandateGranted, MandateRevoked
from twiza.domain.directory.locking import lock_mandate, lock_organisation, lock_organisations
from twiza.domain.directory.models import Mandate, Organisation
from twiza.domain.directory.rules import belongs_to, decides_for, employer_of
from twiza.domain.directory.services.addressing import cooperative_named
from twiza.domain.directory.services.whom_to_ask_for_mandates import mandates_around
from twiza.domain.directory.states import MAY_BE_CLAIMED, MandateState
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.foundation.events.services import publish
from twiza.kit.clock import now
from twiza.kit.errors import NotFound

LASTS = timedelta(days=365)
MOST_ASKED_A_DAY = 100


@dataclass(frozen=True)
class MandatesAsked:
    """What became of asking many: who was asked, of whom we have nobody to ask, and how many wait until tomorrow."""

    asked: tuple[Mandate, ...]
    unreachable: tuple[Organisation, ...]
    left_for_tomorrow: int


@transaction.atomic
def ask_for_mandate(agent: User, written: str) -> Mandate:
    """Whoever decides for the cooperative is asked by text whether the agent may key in for it (MandateAsked).

    While nobody does, the mobile number on file is asked. `written` is its page's address or a telephone number.
    Raises NotFound for whoever is no agent, CooperativeNotFound, AlreadyActsFor, MandateAskedAlready, NobodyToAsk,
    TooManyMandatesAsked.
    """
    employer = _locked_employer_of(agent)
    if not _left_today(agent):
        raise TooManyMandatesAsked
    found = cooperative_named(written)
    if found is None:
        raise CooperativeNotFound
    around = mandates_around(agent, [lock_organisation(found.pk)])
    if around.acting:
        raise AlreadyActsFor
    if around.asked or around.refused:
        raise MandateAskedAlready
    if around.unreachable:
        raise NobodyToAsk
    return _ask(found, agent, employer, phone=around.to_ask[0].phone)


@transaction.atomic
def ask_for_mandates(agent: User, organisations: Collection[Organisation]) -> MandatesAsked:
    """Each of these cooperatives that the agent does not act for, and that owes it no answer, is asked as by `ask_for_mandate`.

    No more than a day's questions. Raises NotFound for whoever is no agent.
    """
    employer = _locked_employer_of(agent)
    locked = lock_organisations([one.pk for one in organisations if one.is_cooperative]).values()
    around = mandates_around(agent, [one for one in locked if one.state in MAY_BE_CLAIMED])
    now_asked = around.to_ask[: _left_today(agent)]
    asked = tuple(_ask(one.organisation, agent, employer, phone=one.phone) for one in now_asked)
    return MandatesAsked(asked, around.unreachable, len(around.to_ask) - len(asked))


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
        end_mandate(current, by)
        if current.agent != by:
            publish(MandateRevoked(mandate_id=current.pk))
    return current


def end_mandates_of_former_agent(agent: User, employer: Organisation, by: User | None) -> None:
    """Who works for the operator no more acts for no cooperative in its name. Call it when the membership ends."""
    for pk in Mandate.objects.filter(agent=agent, employer=employer, state__in=["asked", "granted"]).values_list("pk", flat=True):
        end_mandate(lock_mandate(pk), by)


def end_mandate(mandate: Mandate, by: User | None) -> None:
    """The mandate is refused, or taken back when it was granted. It must be locked; nobody is told."""
    was_granted = mandate.state == MandateState.GRANTED
    mandate.state = MandateState.REVOKED if was_granted else MandateState.REFUSED
    mandate.revoked_by, mandate.revoked_at = by, now()
    mandate.save(update_fields=["state", "revoked_by", "revoked_at"])
    _remember("directory.revoke_mandate" if was_granted else "directory.refuse_mandate", mandate, by)


def _locked_employer_of(agent: User) -> Organisation:
    """Questions are counted under the employer's lock: two requests at once are two questions, not one."""
    employer = employer_of(agent)
    if employer is None:
        raise NotFound
    lock_organisation(employer.pk)
    return employer


def _left_today(agent: User) -> int:
    asked = Mandate.objects.filter(agent=agent, asked_at__gt=now() - timedelta(days=1)).count()
    return max(0, MOST_ASKED_A_DAY - asked)


def _ask(organisation: Organisation, agent: User, employer: Organisation, *, phone: str) -> Mandate:
    stale = Mandate.objects.filter(organisation=organisation, agent=agent, state__in=["asked", "granted"])
    stale.update(state=MandateState.ENDED)
    mandate = Mandate.objects.create(
        organisation=organisation,
        agent=agent,
        employer=employer,
        asked_phone=phone,
        asked_number=_number_nobody_knows(phone) if phone else "",
    )
    record("directory.ask_for_mandate", subject=f"organisation:{organisation.pk}", by=agent, details={"mandate": mandate.pk})
    publish(MandateAsked(mandate_id=mandate.pk))
    return mandate


def _number_nobody_knows(phone: str) -> str:
    """Six figures by chance, since a sender can be faked: only who reads the texts of this telephone can name them."""
    taken = set(Mandate.objects.filter(asked_phone=phone).values_list("asked_number", flat=True))
    while (number := str(100_000 + secrets.randbelow(900_000))) in taken:
        pass
    return number


def _remember(action: str, mandate: Mandate, by: User | None) -> None:
    details = {"mandate": mandate.pk, "agent": mandate.agent_id}
    record(action, subject=f"organisation:{mandate.organisation_id}", by=by, details=details)
