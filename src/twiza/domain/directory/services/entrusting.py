"""Who looks after the national register."""

from __future__ import annotations

from django.db import transaction

from twiza.domain.directory.errors import CannotKeepRegister
from twiza.domain.directory.locking import lock_organisation
from twiza.domain.directory.models import Organisation
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record


@transaction.atomic
def entrust_register(organisation: Organisation, *, by: User | None) -> None:
    """The operator's or partner's people import the register, weigh duplicates and check claims, until it is taken back.

    Refuses a cooperative: nobody keeps the register they are in (CannotKeepRegister).
    """
    if organisation.kind not in {Organisation.Kind.OPERATOR, Organisation.Kind.PARTNER}:
        raise CannotKeepRegister
    _keep("directory.entrust_register", organisation, keeps=True, by=by)


@transaction.atomic
def take_back_register(organisation: Organisation, *, by: User | None) -> None:
    """The organisation's people see the register as everybody does."""
    _keep("directory.take_back_register", organisation, keeps=False, by=by)


def _keep(action: str, organisation: Organisation, *, keeps: bool, by: User | None) -> None:
    current = lock_organisation(organisation.pk)
    current.keeps_register = organisation.keeps_register = keeps
    current.save(update_fields=["keeps_register"])
    record(action, subject=f"organisation:{current.pk}", by=by)
