"""Baskets are kept two months, as their page says; then also the names and telephones in them are gone."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from twiza.domain.orders.locking import lock_carts_left_since
from twiza.domain.orders.models import Cart
from twiza.kit import clock

KEPT = timedelta(days=60)
AT_ONCE = 500


def forget_old_baskets() -> int:
    """Baskets that nobody touched for two months, and are no order, exist no more. Answers how many they were."""
    forgotten = 0
    while some := _forget_some():
        forgotten += some
    return forgotten


@transaction.atomic
def _forget_some() -> int:
    carts = lock_carts_left_since(clock.now() - KEPT, AT_ONCE)
    Cart.objects.filter(pk__in=carts).delete()
    return len(carts)
