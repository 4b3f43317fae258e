"""Putting a label on a product, and taking it off. Whether it is shown is asked each time: see `selectors/claims.py`."""

from __future__ import annotations

from django.db import transaction

from twiza.domain.catalogue.models import Product, ProductClaim
from twiza.domain.catalogue.rules import may_edit
from twiza.domain.catalogue.selectors.claims import why_not
from twiza.domain.directory.models import Accreditation
from twiza.domain.directory.selectors import accreditations_of
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.foundation.search.services import note_change
from twiza.kit.errors import NotFound


@transaction.atomic
def claim_label(product: Product, accreditation: Accreditation, *, by: User) -> ProductClaim:
    """The product carries the label from now on, for as long as the certificate holds for it. Claiming it again changes nothing.

    Raises NotFound, also for another's certificate, and LabelRefused with the reason.
    """
    if not may_edit(by, product) or accreditation not in accreditations_of(product.cooperative):
        raise NotFound
    refusal = why_not(product, accreditation)
    if refusal is not None:
        raise refusal
    claim, is_new = ProductClaim.objects.get_or_create(product=product, accreditation=accreditation)
    if is_new:
        _remember("catalogue.claim_label", product, accreditation, by)
    return claim


@transaction.atomic
def withdraw_label(product: Product, accreditation: Accreditation, *, by: User) -> None:
    """The product does not carry the label any more. Raises NotFound."""
    if not may_edit(by, product):
        raise NotFound
    dropped, _each = ProductClaim.objects.filter(product=product, accreditation=accreditation).delete()
    if dropped:
        _remember("catalogue.withdraw_label", product, accreditation, by)


def _remember(action: str, product: Product, accreditation: Accreditation, by: User) -> None:
    owner = f"organisation:{product.cooperative_id}"
    record(action, subject=f"product:{product.pk}", by=by, on_behalf_of=owner, details={"label": str(accreditation)})
    note_change("product", product.pk)
