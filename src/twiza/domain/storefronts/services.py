"""Opening a storefront and choosing what it shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from twiza.domain.directory.models import Organisation
from twiza.domain.directory.rules import manages
from twiza.domain.storefronts.events import StorefrontOpened
from twiza.domain.storefronts.models import Storefront, StorefrontCooperative
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.foundation.events.services import publish
from twiza.kit import clock
from twiza.kit.errors import NotFound


@dataclass(frozen=True)
class StorefrontDetails:
    slug: str
    name_fr: str
    name_ar: str
    name_en: str = ""
    name_zgh: str = ""
    welcome_fr: str = ""
    welcome_ar: str = ""
    welcome_en: str = ""
    conditions_fr: str = ""
    conditions_ar: str = ""
    phone: str = ""


@transaction.atomic
def open_storefront(operator: Organisation, details: StorefrontDetails, *, by: User) -> Storefront:
    """The operator has a storefront, empty until it chooses. Raises NotFound when `by` does not manage the operator."""
    if not manages(by, operator):
        raise NotFound
    storefront = Storefront.objects.create(operator=operator, opens_at=clock.now(), **vars(details))
    record("storefronts.open", subject=f"storefront:{storefront.pk}", by=by, on_behalf_of=f"organisation:{operator.pk}")
    publish(StorefrontOpened(storefront_id=storefront.pk))
    return storefront


@transaction.atomic
def choose_cooperatives(storefront: Storefront, cooperatives: Sequence[Organisation], *, by: User) -> None:
    """The storefront shows exactly these cooperatives, in this order. Raises NotFound."""
    if storefront.operator is None or not manages(by, storefront.operator):
        raise NotFound
    storefront.chosen.all().delete()
    StorefrontCooperative.objects.bulk_create(
        StorefrontCooperative(storefront=storefront, cooperative=cooperative, position=position)
        for position, cooperative in enumerate(cooperatives)
    )
