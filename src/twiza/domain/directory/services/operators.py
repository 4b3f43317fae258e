"""Whoever runs storefronts arrives."""

from __future__ import annotations

from django.db import transaction

from twiza.domain.directory.forms import OrganisationDetails
from twiza.domain.directory.models import Organisation
from twiza.domain.directory.rules import manages
from twiza.domain.directory.services.entrusting import entrust_register
from twiza.domain.directory.services.memberships import add_member
from twiza.domain.directory.services.registering import register_organisation
from twiza.foundation.accounts.models import User
from twiza.foundation.accounts.services import register_person
from twiza.foundation.audit.services import record
from twiza.kit.errors import NotFound

LONGEST_DECLARATION = 40


@transaction.atomic
def declare_data_handling(operator: Organisation, number: str, *, by: User) -> None:
    """The pages of its storefronts say under which number the CNDP knows what it keeps of buyers; nothing written, that none is
    known. Raises NotFound for whoever does not manage it.
    """
    if not manages(by, operator):
        raise NotFound
    operator.data_declaration = " ".join(number.split())[:LONGEST_DECLARATION]
    operator.save(update_fields=["data_declaration"])
    details = {"number": operator.data_declaration}
    record("directory.declare_data_handling", subject=f"organisation:{operator.pk}", by=by, details=details)


@transaction.atomic
def welcome_operator(
    details: OrganisationDetails, *, manager: str, phone: str, language: str = "fr", keeps_register: bool = False, by: User | None
) -> Organisation:
    """There is an operator, and one person who manages it: known by this name, signing in with this phone (E.164),
    and hearing by text of what concerns the operator.

    Raises NameMissing, PlaceUnknown.
    """
    operator = register_organisation(kind=Organisation.Kind.OPERATOR, details=details, by=by)
    person = register_person(name=manager, phone=phone, language=language)
    add_member(operator, person, "operator_manager", by, receives_texts=True)
    if keeps_register:
        entrust_register(operator, by=by)
    return operator
