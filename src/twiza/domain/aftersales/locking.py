"""The only locks on returns. Order of locks: group, order, return, stock, payment."""

from __future__ import annotations

from twiza.domain.aftersales.models import Return
from twiza.domain.orders.locking import lock_order


def lock_return(return_id: int) -> Return:
    """The order first, so that asking and answering take turns."""
    order = lock_order(Return.objects.values_list("order_id", flat=True).get(pk=return_id))
    returned = Return.objects.select_for_update().get(pk=return_id)
    returned.order = order
    return returned
