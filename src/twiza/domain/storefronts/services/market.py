"""Who runs the market as a whole."""

from __future__ import annotations

from django.db import transaction

from twiza.domain.directory.models import Organisation
from twiza.domain.storefronts.errors import CannotRunMarket
from twiza.domain.storefronts.locking import lock_storefront
from twiza.domain.storefronts.models import Storefront
from twiza.domain.storefronts.selectors import national_storefront
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.kit.errors import NotFound


@transaction.atomic
def entrust_market(operator: Organisation, *, by: User | None) -> None:
    """The operator's people answer for the market: its pages name them, and they see what is ordered in it.

    Whoever ran it before does so no more. Raises CannotRunMarket for one that is no operator.
    """
    if operator.kind != Organisation.Kind.OPERATOR:
        raise CannotRunMarket
    _entrust("entrust_market", operator, by)


@transaction.atomic
def take_back_market(operator: Organisation, *, by: User | None) -> None:
    """Nobody runs the market, if this operator did; what it wrote on the market's pages stays."""
    national = national_storefront()
    if national is not None and national.operator_id == operator.pk:
        _entrust("take_back_market", None, by)


def _entrust(act: str, operator: Organisation | None, by: User | None) -> None:
    national = national_storefront()
    if national is None:
        raise NotFound
    kept = lock_storefront(national.pk)
    before = kept.operator_id
    Storefront.objects.filter(pk=kept.pk).update(operator=operator)
    of = operator.pk if operator else before
    record(f"storefronts.{act}", subject=f"storefront:{kept.pk}", by=by, on_behalf_of=f"organisation:{of}")
