"""Which cooperatives ask for a least order."""

from __future__ import annotations

from collections.abc import Iterable

from twiza.domain.orders.models import LeastOrder


def least_orders_of(cooperative_ids: Iterable[int]) -> dict[int, int]:
    """In centimes, by cooperative. One that asks for none is left out."""
    asked = LeastOrder.objects.filter(cooperative__in=list(cooperative_ids))
    return dict(asked.values_list("cooperative_id", "centimes"))
