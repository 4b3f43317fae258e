"""How a cooperative is reached, and by whom: its own choice for each number and address, never an agent's.

A code to a number on file lets somebody in: whoever could add a number could let themselves in.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from twiza.domain.directory.errors import ContactNotReadable, TooManyContacts
from twiza.domain.directory.locking import lock_organisation
from twiza.domain.directory.models import ContactPoint, Organisation
from twiza.domain.directory.rules import belongs_to
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.kit.errors import NotFound
from twiza.kit.phone import read_phone

MOST_CONTACTS = 12


@transaction.atomic
def add_own_contact(
    organisation: Organisation, *, kind: str, typed: str, visibility: str, by: User, role: str = ""
) -> ContactPoint:
    """The cooperative can be reached so, by whom it chose; a contact it had takes the new choice.

    Raises NotFound, ContactNotReadable, TooManyContacts.
    """
    if not belongs_to(by, organisation):
        raise NotFound
    value = _read(kind, typed)
    lock_organisation(organisation.pk)
    known = ContactPoint.objects.filter(organisation=organisation, kind=kind, value=value).first()
    if known is None and ContactPoint.objects.filter(organisation=organisation).count() >= MOST_CONTACTS:
        raise TooManyContacts(most=MOST_CONTACTS)
    values = {"visibility": visibility, "role": role or (known.role if known else "")}
    contact, _is_new = ContactPoint.objects.update_or_create(organisation=organisation, kind=kind, value=value, defaults=values)
    _remember("directory.add_own_contact", contact, by)
    return contact


@transaction.atomic
def choose_who_sees(contact: ContactPoint, visibility: str, *, by: User) -> None:
    """From now on everybody, partners or nobody outside sees the contact. Raises NotFound."""
    if not belongs_to(by, contact.organisation):
        raise NotFound
    contact.visibility = visibility
    contact.save(update_fields=["visibility"])
    _remember("directory.choose_who_sees", contact, by)


@transaction.atomic
def remove_contact(contact: ContactPoint, *, by: User) -> None:
    """Nobody reaches the cooperative so any more. Raises NotFound."""
    if not belongs_to(by, contact.organisation):
        raise NotFound
    _remember("directory.remove_contact", contact, by)
    contact.delete()


def _read(kind: str, typed: str) -> str:
    if kind != ContactPoint.Kind.EMAIL:
        number = read_phone(typed)
        if number is None:
            raise ContactNotReadable
        return number
    address = typed.strip()
    try:
        validate_email(address)
    except ValidationError as error:
        raise ContactNotReadable from error
    return address


def _remember(action: str, contact: ContactPoint, by: User) -> None:
    details = {"contact": contact.pk, "kind": contact.kind, "visibility": contact.visibility}
    record(action, subject=f"organisation:{contact.organisation_id}", by=by, details=details)
