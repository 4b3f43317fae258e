"""Orders that nobody answered in time."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from twiza.domain.orders.models import Order
from twiza.domain.storefronts.models import Storefront
from twiza.kit import clock
from twiza.kit.errors import NotFound

MOST = 200


def late_answers_in(storefront: Storefront) -> Sequence[Order]:
    """Orders with something chosen there that wait for an answer after its limit, the oldest first.

    Ask for the storefront through the viewer first.
    """
    return list(_late_in(storefront).order_by("answer_before", "pk")[:MOST])


def late_answer_in(storefront: Storefront, order_id: int) -> Order:
    """One of them. Raises NotFound, also once it was answered."""
    order = _late_in(storefront).filter(pk=order_id).first()
    if order is None:
        raise NotFound
    return order


def _late_in(storefront: Storefront) -> QuerySet[Order]:
    here = Order.objects.filter(pk__in=Order.objects.filter(lines__storefront=storefront).values("pk"))
    late = here.filter(status=Order.Status.PLACED, answer_before__lte=clock.now())
    known = ("fulfilment", "group__commune__province", "cooperative__published_revision")
    return late.select_related(*known).prefetch_related("lines", "calls__by")
