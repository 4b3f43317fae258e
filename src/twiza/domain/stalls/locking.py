"""The only locks on stall sales."""

from __future__ import annotations

from twiza.domain.stalls.models import StallSale


def lock_sale(sale_id: int) -> StallSale:
    """Two who take the same sale back take turns."""
    return StallSale.objects.select_for_update(of=("self",)).select_related("cooperative").get(pk=sale_id)
