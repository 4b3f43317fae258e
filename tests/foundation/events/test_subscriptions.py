"""A job that waits finds its handler again, wherever in its room the handler stands by then."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.core.exceptions import ImproperlyConfigured

from twiza.foundation.events import subscriptions as registry
from twiza.foundation.events.subscriptions import Event, deliver, handlers_of, on


@dataclass(frozen=True)
class ParcelWrapped(Event):
    parcel_id: int


@pytest.fixture(autouse=True)
def empty_registry(monkeypatch):
    monkeypatch.setattr(registry, "_handlers", {})
    monkeypatch.setattr(registry, "_found", {})


def heard_in(module, heard):
    """A handler standing in this file."""

    def count_it(event):
        heard.append((module, event.parcel_id))

    count_it.__module__, count_it.__qualname__ = module, "count_it"
    return count_it


def test_a_handler_is_queued_by_its_room_and_its_own_name():
    on(ParcelWrapped)(heard_in("twiza.domain.orders.handlers.wrapping", []))

    assert handlers_of(ParcelWrapped) == ["orders.count_it"]


@pytest.mark.parametrize(
    "queued", ["orders.count_it", "twiza.domain.orders.handlers.count_it", "twiza.domain.orders.handlers.wrapping.count_it"]
)
def test_what_waited_finds_a_handler_that_moved_to_another_file(queued):
    heard = []
    on(ParcelWrapped)(heard_in("twiza.domain.orders.handlers.paper", heard))

    deliver(queued, {"parcel_id": 7})

    assert heard == [("twiza.domain.orders.handlers.paper", 7)]


def test_rooms_may_use_the_same_name():
    heard = []
    on(ParcelWrapped)(heard_in("twiza.domain.orders.handlers", heard))
    on(ParcelWrapped)(heard_in("twiza.domain.delivery.handlers", heard))

    deliver("delivery.count_it", {"parcel_id": 7})

    assert heard == [("twiza.domain.delivery.handlers", 7)]


def test_two_alike_in_a_room_are_refused_and_the_first_stays():
    heard = []
    on(ParcelWrapped)(heard_in("twiza.domain.orders.handlers", heard))

    with pytest.raises(ImproperlyConfigured, match=r"orders\.count_it"):
        on(ParcelWrapped)(heard_in("twiza.domain.orders.handlers.paper", []))

    assert handlers_of(ParcelWrapped) == ["orders.count_it"]
    deliver("orders.count_it", {"parcel_id": 7})
    assert heard == [("twiza.domain.orders.handlers", 7)]
