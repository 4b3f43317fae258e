"""In whose name invoices come."""

from __future__ import annotations

from django.db import transaction

from twiza.domain.invoicing.errors import InvoicesAllIssued
from twiza.domain.invoicing.models import InvoiceName
from twiza.domain.invoicing.selectors import may_be_named
from twiza.domain.orders.locking import lock_group
from twiza.domain.orders.models import OrderGroup


@transaction.atomic
def name_on_invoices(group: OrderGroup, name: str, ice: str = "") -> InvoiceName:
    """The invoices of this purchase that are still to come are in this name; those that were issued stay as they are.

    Whoever calls has the buyer's own link to the order. Locks the group. Raises InvoicesAllIssued.
    """
    if not may_be_named(lock_group(group.pk)):
        raise InvoicesAllIssued
    asked, _is_new = InvoiceName.objects.update_or_create(group=group, defaults={"name": name, "ice": ice})
    return asked
