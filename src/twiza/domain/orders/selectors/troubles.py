"""Parcels that their buyers do not have."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from twiza.domain.delivery.carrier import ListedParcel
from twiza.domain.directory.models import Organisation
from twiza.domain.orders.models import Fulfilment, Order, ParcelNews
from twiza.domain.orders.rules import is_paid_on_delivery
from twiza.domain.orders.selectors.sent_on import listed_as_one
from twiza.domain.orders.states import ON_THE_WAY
from twiza.domain.storefronts.models import Storefront

MOST = 200
MOST_LISTED = 1000


def parcels_to_bring(cooperative: Organisation) -> list[ListedParcel]:
    """What a carrier is told of the parcels that are packed or on their way, the oldest first.

    Ask for the cooperative through the viewer first.
    """
    to_bring = Order.objects.filter(
        cooperative=cooperative,
        status=Order.Status.ACCEPTED,
        fulfilment__status__in={Fulfilment.Status.READY, *ON_THE_WAY},
        fulfilment__point_name="",
        fulfilment__sent_from__isnull=True,
    )
    alone = to_bring.select_related("group__commune", "fulfilment").order_by("pk")[:MOST_LISTED]
    return [*map(_as_listed, alone), *listed_as_one(cooperative)]


def _as_listed(order: Order) -> ListedParcel:
    group = order.group
    return ListedParcel(
        reference=order.number,
        receiver=group.receiver_name,
        phone=group.receiver_phone,
        commune=group.commune.name_fr,
        address=group.landmark,
        weight_grams=order.fulfilment.weight_grams,
        collect_centimes=order.total_centimes if is_paid_on_delivery(order) else 0,
        may_be_opened=order.fulfilment.allows_opening,
        note=group.note,
    )


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
