"""Whoever runs storefronts arrives."""

from __future__ import annotations

from django.db import transaction

from twiza.domain.directory.forms import OrganisationDetails
from twiza.domain.directory.models import Organisation
from twiza.domain.directory.services.entrusting import entrust_register
from twiza.domain.directory.services.memberships import add_member
from twiza.domain.directory.services.registering import register_organisation
from twiza.foundation.accounts.models import User
from twiza.foundation.accounts.services import register_person


@transaction.atomic
def welcome_operator(
    details: OrganisationDetails, *, manager: str, phone: str, language: str = "fr", keeps_register: bool = False, by: User | None
) -> Organisation:
    """There is an operator, and one person who manages it: known by this name, signing in with this phone (E.164).

    Raises NameMissing, PlaceUnknown.
    """
    operator = register_organisation(kind=Organisation.Kind.OPERATOR, details=details, by=by)
    add_member(operator, register_person(name=manager, phone=phone, language=language), "operator_manager", by)
    if keeps_register:
        entrust_register(operator, by=by)
    return operator
