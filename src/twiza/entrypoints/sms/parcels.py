"""What the words about a parcel on its way share: a cooperative says them of its own, a driver of those he takes along."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from twiza.domain.orders.selectors.drivers import parcel_taken_along_by, parcels_taken_along_by
from twiza.domain.orders.services import News, hear_of_parcel
from twiza.entrypoints.sms.orders import act_on_order, ask, found_order, unknown_order
from twiza.entrypoints.sms.reading import Reading
from twiza.entrypoints.sms.replies import Reply
from twiza.entrypoints.sms.senders import Sender
from twiza.kit import clock
from twiza.kit.errors import NotFound

if TYPE_CHECKING:
    from twiza.domain.orders.models import Order
    from twiza.foundation.accounts.models import User

Words = Mapping[str, tuple[str, ...]]
DRIVER = "driver"
# What a driver may say of what he takes along. Whether money came is for its cooperative.
OF_DRIVERS = frozenset({"nobody_home", "not_taken", "lost"})


def drives_something(sender: Sender) -> bool:
    """A parcel is on its way with this telephone."""
    return bool(parcels_taken_along_by(sender.phone))


def act_on_parcel(reading: Reading, sender: Sender, words: Words, act: Callable[[Order, User], Reply], heard: News) -> Reply:
    """`act` for the cooperative, or what a driver said is `heard` of the parcel; in doubt, one question."""
    taken = parcels_taken_along_by(sender.phone)
    is_drivers = bool(taken) and (sender.person is None or (bool(reading.order) and found_order(reading, sender) is None))
    if not is_drivers:
        return act_on_order(reading, sender, words, act)
    if reading.certainty != "sure":
        return ask(reading, sender, words, taken)
    try:
        order = parcel_taken_along_by(sender.phone, reading.order)
    except NotFound:
        return unknown_order(reading)
    hear_of_parcel(order, heard)
    return Reply(f"parcel_{heard.what}", {"number": order.number})


def told_by_driver(what: str, reason: str = "") -> News:
    """Said again on the same day it is the same news. `what` and `reason` as of ParcelNews."""
    today = clock.today()
    return News(what, today, DRIVER, f"{what}:{today}", reason)
