"""How an agent stands with cooperatives: for whom it acts, who was asked, and whom a text can ask."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from twiza.domain.directory.models import ContactPoint, Mandate, Membership, Organisation
from twiza.domain.directory.models.mandates import ANSWER_WITHIN
from twiza.domain.directory.rules import AGENT_ROLES, COOPERATIVE_ROLES, employer_of, live_mandates
from twiza.domain.directory.states import MandateState
from twiza.foundation.accounts.models import User
from twiza.foundation.messaging.models import OptOut
from twiza.kit.clock import now
from twiza.kit.phone import is_mobile


@dataclass(frozen=True)
class ToAsk:
    """A cooperative that can be asked. `phone` is the number on file; empty when somebody decides and is asked by name."""

    organisation: Organisation
    phone: str


@dataclass(frozen=True)
class MandatesAround:
    """Each cooperative once. `refused` said no within the week in which nobody asks again."""

    acting: tuple[Organisation, ...]
    asked: tuple[Organisation, ...]
    refused: tuple[Organisation, ...]
    to_ask: tuple[ToAsk, ...]
    unreachable: tuple[Organisation, ...]


def mandates_around(agent: User, organisations: Collection[Organisation]) -> MandatesAround:
    """How the agent stands with each of these cooperatives, in their order. Asks the same few questions for one as for many."""
    ids = [one.pk for one in organisations]
    acting = _acting_for(agent, ids)
    lately = _answers_owed(agent, ids)
    rest = [one for one in organisations if one.pk not in acting and one.pk not in lately]
    telephones = _telephones(agent, [one.pk for one in rest])
    return MandatesAround(
        acting=tuple(one for one in organisations if one.pk in acting),
        asked=tuple(one for one in organisations if one.pk not in acting and lately.get(one.pk) == MandateState.ASKED),
        refused=tuple(one for one in organisations if one.pk not in acting and lately.get(one.pk) == MandateState.REFUSED),
        to_ask=tuple(ToAsk(one, telephones[one.pk]) for one in rest if one.pk in telephones),
        unreachable=tuple(one for one in rest if one.pk not in telephones),
    )


def _acting_for(agent: User, ids: list[int]) -> set[int]:
    """As one of its own people, or under a mandate."""
    own = Membership.objects.filter(organisation__in=ids, user=agent, until=None, role__in=COOPERATIVE_ROLES)
    held = live_mandates().filter(organisation__in=ids, agent=agent)
    return {*own.values_list("organisation_id", flat=True), *held.values_list("organisation_id", flat=True)}


def _answers_owed(agent: User, ids: list[int]) -> dict[int, str]:
    """By organisation, what was asked within the week: no answer yet, or a no."""
    waiting = [MandateState.ASKED, MandateState.REFUSED]
    asked = Mandate.objects.filter(agent=agent, organisation__in=ids, state__in=waiting, asked_at__gt=now() - ANSWER_WITHIN)
    return dict(asked.order_by("pk").values_list("organisation_id", "state"))


def _telephones(agent: User, ids: list[int]) -> dict[int, str]:
    """By organisation, the number on file to ask, or nothing where its own people are asked. Who is missing cannot be asked."""
    people = _reach_of_people_deciding(ids)
    on_file = _numbers_on_file(agent, [pk for pk in ids if pk not in people])
    return {**on_file, **{pk: "" for pk, can_be_reached in people.items() if can_be_reached}}


def _reach_of_people_deciding(ids: list[int]) -> dict[int, bool]:
    """Of those for which somebody decides (as `people_deciding`), whether a telephone of theirs is known."""
    live = Membership.objects.filter(organisation__in=ids, until=None, role__in=COOPERATIVE_ROLES, user__is_active=True)
    people: dict[int, list[tuple[bool, bool]]] = {}
    for organisation, role, phone in live.order_by("since", "pk").values_list("organisation_id", "role", "user__phone"):
        people.setdefault(organisation, []).append((role == "president", bool(phone)))
    deciding = {pk: [one for one in own if one[0]] or own[:1] for pk, own in people.items()}
    return {pk: any(has_phone for _is_president, has_phone in own) for pk, own in deciding.items()}


def _numbers_on_file(agent: User, ids: list[int]) -> dict[int, str]:
    """The first mobile number of each that wished no silence and is not of the agent's own house, who would answer themselves."""
    silent = OptOut.objects.filter(until__isnull=True).values_list("phone", flat=True)
    contacts = ContactPoint.objects.filter(organisation__in=ids, kind__in=["phone", "whatsapp"])
    contacts = contacts.exclude(value__in=silent).exclude(value__in=_numbers_of_the_house(agent))
    numbers: dict[int, str] = {}
    for organisation, number in contacts.order_by("pk").values_list("organisation_id", "value"):
        if is_mobile(number):
            numbers.setdefault(organisation, number)
    return numbers


def _numbers_of_the_house(agent: User) -> list[str]:
    employer = employer_of(agent)
    colleagues: QuerySet[User] = User.objects.filter(
        memberships__organisation=employer, memberships__until=None, memberships__role__in=AGENT_ROLES, phone__isnull=False
    )
    phones = [str(phone) for phone in colleagues.values_list("phone", flat=True)]
    own = ContactPoint.objects.filter(organisation=employer).exclude(kind="email")
    return [*phones, *own.values_list("value", flat=True), *([agent.phone] if agent.phone else [])]
