"""What stands behind a buyer's own link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404

from twiza.domain.orders.selectors import group_by_token
from twiza.kit.errors import NotFound

if TYPE_CHECKING:
    from twiza.domain.orders.models import Order


def order_behind(token: str, cooperative: str) -> Order:
    """The part of one cooperative, named by its slug. Raises Http404."""
    try:
        group = group_by_token(token)
    except NotFound as missing:
        raise Http404 from missing
    for order in group.orders.all():
        if order.cooperative.slug == cooperative:
            return order
    raise Http404
