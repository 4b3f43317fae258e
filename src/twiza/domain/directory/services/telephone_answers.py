"""The number on file answers whether an agent may act for a cooperative to which nobody belongs yet.

A sender can be faked, and the agent would know what to write: so the answer names a number that stands in the text alone.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from twiza.domain.directory.errors import ItsPeopleAnswer, MandateOver
from twiza.domain.directory.events import MandateRevoked
from twiza.domain.directory.locking import lock_mandate, lock_organisation
from twiza.domain.directory.models import Mandate, Organisation
from twiza.domain.directory.rules import belongs_to, contacts_for_codes, people_deciding
from twiza.domain.directory.services.claiming import claim_from_telephone
from twiza.domain.directory.services.mandates import end_mandate, grant_mandate, revoke_mandate
from twiza.domain.directory.states import MandateState
from twiza.foundation.accounts.selectors import person_writing_from
from twiza.foundation.accounts.services import join
from twiza.foundation.events.services import publish

LONGEST_NAME = 120


def grant_mandate_from_telephone(phone: str, number: str, *, language: str) -> Mandate | None:
    """Whoever answers becomes one of the cooperative's own, as by a code, and the agent may act for it (ClaimAccepted,
    MandateGranted). Granted twice counts once.

    None when this telephone was asked nothing by this number, which is remembered: a few guesses end the question.
    Raises MandateOver, ItsPeopleAnswer once somebody else belongs to the cooperative, NotClaimable.
    """
    asked = _asked_of(phone, number)
    return _grant(asked, phone, language) if asked else None


def refuse_mandate_from_telephone(phone: str, number: str) -> Mandate | None:
    """The agent may not act for the cooperative and is told (MandateRevoked); nobody belongs to it for that.

    Otherwise as `grant_mandate_from_telephone`.
    """
    asked = _asked_of(phone, number)
    return _refuse(asked, phone) if asked else None


@transaction.atomic
def _grant(asked: Mandate, phone: str, language: str) -> Mandate:
    organisation, mandate = lock_organisation(asked.organisation_id), lock_mandate(asked.pk)
    person = person_writing_from(phone)
    if person is None or not belongs_to(person, organisation):
        _check_waits_for(phone, mandate, organisation)
        # Who they are we do not know yet: they are called by their cooperative until they sign in and say it.
        person = join(name=organisation.name_in(language)[:LONGEST_NAME], phone=phone, language=language)
        claim_from_telephone(organisation, person, phone)
    return grant_mandate(mandate, by=person)


@transaction.atomic
def _refuse(asked: Mandate, phone: str) -> Mandate:
    organisation, mandate = lock_organisation(asked.organisation_id), lock_mandate(asked.pk)
    person = person_writing_from(phone)
    if person is not None and belongs_to(person, organisation):
        return revoke_mandate(mandate, by=person)
    if mandate.state == MandateState.REFUSED:
        return mandate
    _check_waits_for(phone, mandate, organisation)
    end_mandate(mandate, None)
    publish(MandateRevoked(mandate_id=mandate.pk))
    return mandate


def _asked_of(phone: str, number: str) -> Mandate | None:
    here = Mandate.objects.filter(asked_phone=phone)
    asked = here.filter(asked_number=number).order_by("-pk").first() if number else None
    if asked is None:
        here.filter(state=MandateState.ASKED).update(wrong_answers=F("wrong_answers") + 1)
    return asked


def _check_waits_for(phone: str, mandate: Mandate, organisation: Organisation) -> None:
    if mandate.state != MandateState.ASKED or mandate.is_over:
        raise MandateOver
    if people_deciding(organisation):
        raise ItsPeopleAnswer
    if phone not in {contact.value for contact in contacts_for_codes(organisation)}:
        raise MandateOver
