"""Parcels that their buyers do not have."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from twiza.domain.orders.models import Fulfilment, Order, ParcelNews
from twiza.domain.orders.states import ON_THE_WAY
from twiza.domain.storefronts.models import Storefront

MOST = 200


def parcels_in_trouble_in(storefront: Storefront) -> Sequence[Order]:
    """Orders with something chosen there whose parcel comes back, or could not be given so far; the oldest first.

    Ask for the storefront through the viewer first.
    """
    missed = ParcelNews.objects.filter(what=ParcelNews.What.MISSED).values("fulfilment")
    comes_back = Q(fulfilment__status=Fulfilment.Status.REFUSED)
    missing = Q(fulfilment__status__in=ON_THE_WAY, fulfilment__in=missed)
    here = Order.objects.filter(pk__in=Order.objects.filter(lines__storefront=storefront).values("pk"))
    found = here.filter(comes_back | missing).order_by(
        F("fulfilment__refused_at").asc(nulls_last=True), Coalesce("fulfilment__handed_over_at", "group__placed_at"), "pk"
    )
    known = ("fulfilment", "group__commune__province", "cooperative__published_revision")
    return list(found.select_related(*known).prefetch_related("fulfilment__news", "lines")[:MOST])
