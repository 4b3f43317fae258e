"""Hearing what a carrier with a network says of parcels: by its notices, and by asking."""

from __future__ import annotations

from django.db import transaction
from procrastinate.contrib.django import app

from twiza.domain.delivery.carrier import CarrierTrouble, ToldStatus
from twiza.domain.delivery.selectors import network_carrier
from twiza.domain.orders.errors import NoSuchParcel
from twiza.domain.orders.locking import lock_order
from twiza.domain.orders.models import CarrierWord, Errand
from twiza.domain.orders.rules import follows_up
from twiza.domain.orders.selectors.errands import errands_to_look_at
from twiza.domain.orders.services.hearing import News, hear_of_parcel
from twiza.foundation.accounts.models import User
from twiza.kit import clock
from twiza.kit.errors import NotFound

LOOK = "orders.look_at_parcel"


@transaction.atomic
def hear_from_carrier(carrier: str, told: ToldStatus) -> bool:
    """What a carrier says of a parcel is kept; says whether the parcel moved by it.

    Heard again it is the same, in any order news moves a parcel only forward, and a word that is not known waits for somebody to
    read it. Raises NoSuchParcel.
    """
    errand = Errand.objects.filter(carrier=carrier, code=told.code).exclude(code="").select_related("fulfilment").first()
    if errand is None:
        raise NoSuchParcel(code=told.code)
    order = lock_order(errand.fulfilment.order_id)
    day = min(clock.local_day(told.at), clock.today()) if told.at else clock.today()
    reference = f"{told.status}:{told.at.isoformat() if told.at else day}"[:80]
    said = {"status": told.status, "note": told.note, "is_known": told.is_known}
    _word, is_new = CarrierWord.objects.get_or_create(errand=errand, reference=reference, defaults=said)
    if not is_new or not told.what:
        return False
    return hear_of_parcel(order, News(told.what, day, carrier, reference, told.reason))


def look_at_parcel(errand_id: int) -> None:
    """What the carrier says of it now is heard. A carrier in trouble is asked another time."""
    errand = Errand.objects.get(pk=errand_id)
    carrier = network_carrier(errand.carrier)
    if errand.state != Errand.State.BOOKED or carrier is None:
        return
    Errand.objects.filter(pk=errand_id).update(looked_at=clock.now())
    try:
        told = carrier.look(errand.code)
    except CarrierTrouble:
        return
    hear_from_carrier(errand.carrier, told)


def look_at_quiet_parcels() -> None:
    """Parcels of which no carrier told for a while are each looked at by a job."""
    for errand_id in errands_to_look_at():
        app.configure_task(LOOK, allow_unknown=True, queue="carriers").defer(errand_id=errand_id)


@transaction.atomic
def mark_word_read(word: CarrierWord, *, by: User) -> None:
    """Somebody read what a carrier said and is not understood. Raises NotFound."""
    if not follows_up(by, word.errand.fulfilment.order):
        raise NotFound
    CarrierWord.objects.filter(pk=word.pk, read_at__isnull=True).update(read_at=clock.now(), read_by=by)
