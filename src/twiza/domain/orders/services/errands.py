"""Asking a carrier with a network to come for a parcel.

Whoever claims the row asks, outside any transaction. From the moment it may have been posted, the carrier is first asked whether
it has the parcel: nothing is ever fetched twice.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from procrastinate.contrib.django import app

from twiza.domain.delivery.carrier import Booked, CarrierDeclines, CarrierTrouble, CarrierUnsure, NetworkPort
from twiza.domain.delivery.selectors import network_carrier
from twiza.domain.orders.errors import NothingToAsk
from twiza.domain.orders.events import CarrierBooked, CarrierNotBooked
from twiza.domain.orders.locking import lock_order
from twiza.domain.orders.models import Errand, Fulfilment, Order
from twiza.domain.orders.rules import follows_up
from twiza.domain.orders.selectors.errands import errands_left_behind, parcel_to_fetch
from twiza.foundation.accounts.models import User
from twiza.foundation.audit.services import record
from twiza.foundation.events.services import publish
from twiza.kit import clock
from twiza.kit.errors import NotFound

ASK = "orders.ask_carrier"
# A carrier that is down is tried for about nine hours: 1 min, 2 min, 4 min … then a person decides.
MOST_ATTEMPTS = 10
FIRST_WAIT_SECONDS = 60
LONGEST_WAIT_SECONDS = 7200
# A carrier that fell silent may need a while until it knows what it took.
WAIT_WHEN_UNSURE_SECONDS = 300


def begin_errand(order: Order) -> None:
    """When a carrier with a network brings this order's parcel, it will be asked to come for it; else nothing."""
    parcel = order.fulfilment
    if network_carrier(parcel.carrier) is None:
        return
    errand, is_new = Errand.objects.get_or_create(
        fulfilment=parcel, defaults={"carrier": parcel.carrier, "reference": f"TWIZA-{parcel.pk}"}
    )
    if is_new:
        _defer(errand.pk)


def ask_carrier(errand_id: int) -> int | None:
    """The carrier comes for it, or the errand says why not. Seconds to wait when time may heal, else None.

    A parcel that left otherwise is not asked for any more.
    """
    if not _claim(errand_id):
        return None
    errand = Errand.objects.select_related("fulfilment__order").get(pk=errand_id)
    carrier = network_carrier(errand.carrier)
    if errand.fulfilment.status != Fulfilment.Status.READY:
        _write(errand, state=Errand.State.DROPPED)
        return None
    if carrier is None:
        return _not_asked(errand, CarrierDeclines(Errand.Trouble.CREDENTIALS))
    try:
        _keep_booking(errand, _book_once(errand, carrier))
    except CarrierTrouble as trouble:
        return _not_asked(errand, trouble)
    return None


@transaction.atomic
def ask_carrier_again(errand: Errand, *, by: User) -> None:
    """A parcel that its carrier did not take is asked for anew, from the first try on. Raises NothingToAsk, NotFound."""
    if not follows_up(by, errand.fulfilment.order):
        raise NotFound
    failed = Errand.objects.filter(pk=errand.pk, state=Errand.State.FAILED, fulfilment__status=Fulfilment.Status.READY)
    if not failed.update(state=Errand.State.WAITING, attempts=0):
        raise NothingToAsk
    _defer(errand.pk)
    record("orders.ask_carrier_again", subject=f"order:{errand.fulfilment.order_id}", by=by, details={"carrier": errand.carrier})


def pick_up_left_behind() -> None:
    """What was claimed by a worker that died, or lost its job, goes on."""
    for errand_id in errands_left_behind():
        Errand.objects.filter(pk=errand_id).update(state=Errand.State.WAITING)
        _defer(errand_id)


def _book_once(errand: Errand, carrier: NetworkPort) -> Booked:
    """What it already has under our reference, else what it takes now. That it may exist is written before anything is posted."""
    known = carrier.find(errand.reference) if errand.may_exist else None
    if known is not None:
        return known
    parcel = parcel_to_fetch(errand)
    _write(errand, may_exist=True)
    return carrier.book(parcel)


@transaction.atomic
def _keep_booking(errand: Errand, booked: Booked) -> None:
    order = lock_order(errand.fulfilment.order_id)
    _write(
        errand,
        state=Errand.State.BOOKED,
        code=booked.code,
        label_url=booked.label_url,
        fee_centimes=booked.fee_centimes,
        trouble="",
        said="",
        looked_at=clock.now(),
    )
    if not order.fulfilment.tracking:
        Fulfilment.objects.filter(pk=order.fulfilment.pk).update(tracking=booked.code)
    publish(CarrierBooked(errand_id=errand.pk))
    record("orders.carrier_booked", subject=f"order:{order.pk}", by=None, details={"carrier": errand.carrier})


def _not_asked(errand: Errand, trouble: CarrierTrouble) -> int | None:
    """Why it was not taken is kept; what a carrier declined waits for a person at once, what time may heal after some tries."""
    is_over = isinstance(trouble, CarrierDeclines) or errand.attempts >= MOST_ATTEMPTS
    state = Errand.State.FAILED if is_over else Errand.State.WAITING
    with transaction.atomic():
        _write(errand, state=state, trouble=trouble.code, said=trouble.said[:160])
        if is_over:
            publish(CarrierNotBooked(errand_id=errand.pk, attempts=errand.attempts))
    if is_over:
        return None
    wait: int = min(FIRST_WAIT_SECONDS * 2 ** (errand.attempts - 1), LONGEST_WAIT_SECONDS)
    return max(wait, WAIT_WHEN_UNSURE_SECONDS) if isinstance(trouble, CarrierUnsure) else wait


def _claim(errand_id: int) -> bool:
    """Ours alone from here, committed at once: one UPDATE that checks what it changes."""
    waiting = Errand.objects.filter(pk=errand_id, state=Errand.State.WAITING)
    claimed = waiting.update(state=Errand.State.ASKING, claimed_at=clock.now(), attempts=F("attempts") + 1)
    return bool(claimed)


def _write(errand: Errand, **values: object) -> None:
    Errand.objects.filter(pk=errand.pk).update(**values)


def _defer(errand_id: int) -> None:
    app.configure_task(ASK, allow_unknown=True, queue="carriers").defer(errand_id=errand_id)
