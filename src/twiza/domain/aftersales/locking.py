"""The only locks on returns and complaints. Order of locks: group, order, return or complaint, stock, payment."""

from __future__ import annotations

from twiza.domain.aftersales.models import Complaint, Return
from twiza.domain.orders.locking import lock_order


def lock_return(return_id: int) -> Return:
    """The order first, so that asking and answering take turns."""
    order = lock_order(Return.objects.values_list("order_id", flat=True).get(pk=return_id))
    returned = Return.objects.select_for_update().get(pk=return_id)
    returned.order = order
    return returned


def lock_complaint(complaint_id: int) -> Complaint:
    """The order first, so that what goes back for its lines is decided one after the other."""
    order = lock_order(Complaint.objects.values_list("line__order_id", flat=True).get(pk=complaint_id))
    complaint = (
        Complaint.objects.select_for_update(of=("self",)).select_related("line__storefront__operator").get(pk=complaint_id)
    )
    complaint.line.order = order
    return complaint
