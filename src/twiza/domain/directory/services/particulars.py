"""Numbers, contacts and certificates of an organisation."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from twiza.domain.directory.errors import IdentifierTaken
from twiza.domain.directory.forms import ContactDetails, IdentifierDetails
from twiza.domain.directory.models import Accreditation, ContactPoint, Identifier, ImportBatch, Organisation
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.foundation.search.services import note_change
from twiza.kit.clock import now
from twiza.kit.folding import fold
from twiza.kit.identifiers import digits_of, is_ice, is_registration_number, is_rib

PUBLIC_SCHEMES = frozenset({"registration", "ice"})
KEY_CHECKS = {"ice": is_ice, "rib": is_rib, "registration": is_registration_number}


def tidied_identifier(details: IdentifierDetails) -> IdentifierDetails:
    """Digits alone for numbers with a key; a registration without spaces; the court in single spaces."""
    value = digits_of(details.value) if details.scheme in {"ice", "rib"} else fold(details.value).upper().replace(" ", "")
    return IdentifierDetails(details.scheme, value, " ".join(details.court.split()) if details.scheme == "registration" else "")


def unsaved_identifier(
    organisation: Organisation, details: IdentifierDetails, import_batch: ImportBatch | None = None
) -> Identifier:
    """The number as the organisation would carry it, its key checked; known from this import, if from any."""
    check = KEY_CHECKS.get(details.scheme)
    return Identifier(
        organisation=organisation,
        scheme=details.scheme,
        value=details.value,
        court=details.court,
        is_key_valid=check(details.value) if check else True,
        is_public=details.scheme in PUBLIC_SCHEMES,
        import_batch=import_batch,
    )


@transaction.atomic
def add_identifier(organisation: Organisation, details: IdentifierDetails, by: User | None) -> Identifier:
    """The organisation carries the number. A wrong key is kept and marked; another's number is refused (IdentifierTaken).

    Registration number and ICE are shown to everybody, the others to nobody outside. A number known from a register is
    from now on the organisation's own word: undoing the import leaves it.
    """
    said = tidied_identifier(details)
    carried = Identifier.objects.filter(scheme=said.scheme, value=said.value, court=said.court, retired_at=None).first()
    if carried and carried.organisation_id == organisation.pk:
        if carried.import_batch_id:
            carried.import_batch = None
            carried.save(update_fields=["import_batch"])
        return carried
    if carried:
        raise IdentifierTaken(value=said.value)
    identifier = unsaved_identifier(organisation, said)
    identifier.save()
    record("directory.add_identifier", subject=f"organisation:{organisation.pk}", by=by, details={"scheme": said.scheme})
    return identifier


@transaction.atomic
def retire_identifier(identifier: Identifier, by: User | None) -> None:
    """The number is nobody's any more; it stays in the organisation's history."""
    identifier.retired_at = now()
    identifier.save(update_fields=["retired_at"])
    details = {"scheme": identifier.scheme}
    record("directory.retire_identifier", subject=f"organisation:{identifier.organisation_id}", by=by, details=details)


def add_contact(organisation: Organisation, details: ContactDetails, *, is_verified: bool = False) -> ContactPoint:
    """The organisation can be reached so, by whom the visibility says. Known contacts take the new visibility and role.

    One known from a register is from now on the organisation's own word: undoing the import leaves it.
    """
    values: dict[str, object] = {"visibility": details.visibility, "role": details.role, "import_batch": None}
    if is_verified:
        values["verified_at"] = now()
    contact, _ = ContactPoint.objects.update_or_create(
        organisation=organisation, kind=details.kind, value=details.value, defaults=values
    )
    return contact


@transaction.atomic
def record_accreditation(
    organisation: Organisation,
    *,
    scheme: str,
    by: User | None,
    number: str = "",
    issued_by: str = "",
    valid_from: date | None = None,
    valid_until: date | None = None,
    is_verified: bool = False,
) -> Accreditation:
    """The organisation holds a label or certificate. It is shown once verified, while its dates hold."""
    accreditation = Accreditation.objects.create(
        organisation=organisation,
        scheme=scheme,
        number=number,
        issued_by=issued_by,
        valid_from=valid_from,
        valid_until=valid_until,
        verified_at=now() if is_verified else None,
    )
    record("directory.record_accreditation", subject=f"organisation:{organisation.pk}", by=by, details={"scheme": scheme})
    note_change("cooperative", organisation.pk)
    return accreditation
