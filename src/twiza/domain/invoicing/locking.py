"""The only lock of invoices: their issuer. Taken after an order and its payment, before nothing else."""

from __future__ import annotations

from twiza.domain.invoicing.models import Issuer


def lock_issuer(organisation_id: int) -> Issuer:
    """Two who issue for the same organisation take turns; it becomes an issuer with its first paper."""
    Issuer.objects.get_or_create(organisation_id=organisation_id)
    return Issuer.objects.select_for_update(of=("self",)).select_related("organisation").get(organisation_id=organisation_id)
