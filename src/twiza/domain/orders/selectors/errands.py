"""Questions about parcels that a carrier with a network is asked to fetch."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Q, QuerySet

from twiza.domain.delivery.carrier import NetworkPort, ParcelToFetch
from twiza.domain.delivery.selectors import network_carrier, network_carrier_codes
from twiza.domain.orders.models import CarrierWord, Errand, Fulfilment, Order
from twiza.domain.orders.rules import is_paid_on_delivery
from twiza.domain.orders.states import ON_THE_WAY
from twiza.domain.storefronts.models import Storefront
from twiza.kit import clock
from twiza.kit.errors import NotFound

MOST = 200
MOST_AT_ONCE = 500
# A job that is that late was lost with its worker: the longest wait between two tries, and some.
LEFT_BEHIND = timedelta(hours=3)
LEASE = timedelta(minutes=10)
# A carrier that tells by itself is asked too, because a notice may be lost.
QUIET_FOR = timedelta(hours=1)
QUIET_FOR_WHEN_TOLD = timedelta(hours=6)
MOST_CONTENTS = 200


def parcel_to_fetch(errand: Errand) -> ParcelToFetch:
    """What its carrier must know of it."""
    order = Order.objects.select_related("group__commune", "fulfilment", "cooperative__published_revision__commune").get(
        fulfilment=errand.fulfilment_id
    )
    group, revision = order.group, order.cooperative.published_revision
    lines = ", ".join(f"{line.quantity} x {line.name_fr or line.name_ar}" for line in order.lines.all())
    return ParcelToFetch(
        reference=errand.reference,
        from_commune=revision.commune.name_fr if revision and revision.commune else "",
        receiver=group.receiver_name,
        phone=group.receiver_phone,
        commune=group.commune.name_fr,
        address=group.landmark or group.commune.name_fr,
        weight_grams=order.fulfilment.weight_grams,
        collect_centimes=order.total_centimes if is_paid_on_delivery(order) else 0,
        may_be_opened=order.fulfilment.allows_opening,
        contents=lines[:MOST_CONTENTS],
        note=group.note,
    )


def carrier_told_by(code: str) -> NetworkPort:
    """The carrier that may post notices under this code. Raises NotFound."""
    carrier = network_carrier(code)
    if carrier is None or not carrier.tells_us:
        raise NotFound
    return carrier


def errands_left_behind() -> list[int]:
    """Those that somebody claimed long ago, or that no job comes back to."""
    now = clock.now()
    claimed = Q(state=Errand.State.ASKING, claimed_at__lt=now - LEASE)
    since = Q(claimed_at__lt=now - LEFT_BEHIND) | Q(claimed_at__isnull=True, created_at__lt=now - LEASE)
    left = Errand.objects.filter(claimed | (Q(state=Errand.State.WAITING) & since))
    return list(left.order_by("pk").values_list("pk", flat=True)[:MOST_AT_ONCE])


def errands_to_look_at() -> list[int]:
    """Parcels that a carrier has, or comes for, and of which nobody asked it for a while; the longest first."""
    due = Q(pk__in=[])
    for code in network_carrier_codes():
        carrier = network_carrier(code)
        quiet = QUIET_FOR_WHEN_TOLD if carrier is not None and carrier.tells_us and carrier.is_set_up() else QUIET_FOR
        due |= Q(carrier=code, looked_at__lt=clock.now() - quiet)
    under_way = {Fulfilment.Status.READY, *ON_THE_WAY}
    booked = Errand.objects.filter(due, state=Errand.State.BOOKED, fulfilment__status__in=under_way)
    return list(booked.order_by("looked_at").values_list("pk", flat=True)[:MOST_AT_ONCE])


def errands_in_trouble_in(storefront: Storefront) -> Sequence[Errand]:
    """Parcels with something chosen there that their carrier did not take so far, the oldest first.

    Ask for the storefront through the viewer first.
    """
    found = _of(storefront).filter(state__in={Errand.State.WAITING, Errand.State.ASKING, Errand.State.FAILED}).exclude(trouble="")
    return list(found.order_by("created_at", "pk")[:MOST])


def words_to_read_in(storefront: Storefront) -> Sequence[CarrierWord]:
    """What carriers said of its parcels that is not understood, and nobody read yet; the oldest first."""
    words = CarrierWord.objects.filter(errand__in=_of(storefront).values("pk"), is_known=False, read_at__isnull=True)
    known = ("errand__fulfilment__order__cooperative__published_revision",)
    return list(words.select_related(*known).order_by("heard_at", "pk")[:MOST])


def errand_in(storefront: Storefront, errand_id: int) -> Errand:
    """Raises NotFound, also for another's."""
    found = _of(storefront).filter(pk=errand_id).first()
    if found is None:
        raise NotFound
    return found


def word_in(storefront: Storefront, word_id: int) -> CarrierWord:
    """Raises NotFound, also for another's."""
    words = CarrierWord.objects.filter(pk=word_id, errand__in=_of(storefront).values("pk"))
    found = words.select_related("errand__fulfilment__order").first()
    if found is None:
        raise NotFound
    return found


def _of(storefront: Storefront) -> QuerySet[Errand]:
    here = Order.objects.filter(lines__storefront=storefront).values("pk")
    known = ("fulfilment__order__cooperative__published_revision", "fulfilment__order__group__commune")
    return Errand.objects.filter(fulfilment__order__in=here).select_related(*known)
