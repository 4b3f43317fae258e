"""Texts leave the most urgent first, in order, no faster than is borne; a gateway that is down loses nothing."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import groupby
from threading import Event, Thread
from zoneinfo import ZoneInfo

import pytest
import time_machine

from tests.foundation.messaging import gateway_that_listens as listens
from twiza.foundation.messaging.carrying import Carrier, carry_due, keep_carrying
from twiza.foundation.messaging.gateway import Pace, TextNotSent
from twiza.foundation.messaging.models import Message
from twiza.foundation.messaging.services import queue_text

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=ZoneInfo("Africa/Casablanca"))
DOWN = TextNotSent("no route", permanent=False)


@pytest.fixture(autouse=True)
def at_noon(settings):
    for memory in (listens.given, listens.behaviour, listens.inside_transaction):
        memory.clear()
    settings.SMS_GATEWAY = "tests.foundation.messaging.gateway_that_listens"
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock
    listens.behaviour.clear()


def queue(key: str, kind: str = "service", to: str = "", text: str = "Commande 1523") -> Message:
    its_own = f"+21261234{len(key):02}{sum(map(ord, key)) % 100:02}"
    return queue_text(to=to or its_own, text=text, key=key, kind=kind, language="fr")


def keys() -> list[str]:
    return [text.key for text in listens.given]


def states() -> dict[str, int]:
    found = sorted(Message.objects.values_list("state", flat=True))
    return {state: len(list(rows)) for state, rows in groupby(found)}


@pytest.mark.django_db
def test_the_most_urgent_leaves_first_then_the_oldest():
    for kind in ("marketing", "lesson", "service", "reply", "security"):
        queue(f"{kind}-1", kind)
        queue(f"{kind}-2", kind)

    assert carry_due() == 10
    assert keys() == [f"{kind}-{n}" for kind in ("security", "reply", "service", "lesson", "marketing") for n in (1, 2)]


@pytest.mark.django_db
def test_no_more_parts_leave_than_the_gateway_bears(monkeypatch, at_noon):
    monkeypatch.setattr(listens.Gateway, "pace", Pace(parts=5, seconds=60))
    for number in range(4):
        queue(f"long-{number}", text="a" * 200)  # two parts each

    assert carry_due() == 2
    at_noon.shift(timedelta(seconds=59))
    assert carry_due() == 0
    at_noon.shift(timedelta(seconds=2))
    assert carry_due() == 2
    assert keys() == ["long-0", "long-1", "long-2", "long-3"]


@pytest.mark.django_db
def test_a_sixth_of_the_pace_is_kept_for_who_waits_now(monkeypatch, at_noon):
    monkeypatch.setattr(listens.Gateway, "pace", Pace(parts=12, seconds=1800))
    for number in range(20):
        queue(f"lesson-{number:02}", "lesson")

    assert carry_due() == 10
    queue("code", "security")
    queue("answer", "reply")
    queue("order", "service")
    queue("another-code", "security")

    assert carry_due() == 2
    assert keys()[10:] == ["code", "another-code"]
    at_noon.shift(timedelta(minutes=31))
    carry_due()
    assert keys()[12:14] == ["answer", "order"]


@pytest.mark.django_db
def test_a_text_longer_than_the_whole_pace_leaves_alone(monkeypatch, at_noon):
    monkeypatch.setattr(listens.Gateway, "pace", Pace(parts=1, seconds=60))
    queue("long", text="a" * 400)
    queue("short")

    assert carry_due() == 1
    at_noon.shift(timedelta(seconds=61))
    assert carry_due() == 1
    assert keys() == ["long", "short"]


@pytest.mark.django_db
def test_a_gateway_down_for_an_hour_loses_nothing_and_keeps_the_order(at_noon):
    carrier = Carrier()
    for number in range(30):
        queue(f"k-{number:02}")
    listens.behaviour += [DOWN] * 1000

    for _minute in range(60):
        while carrier.carry():
            pass
        assert states() == {"queued": 30}
        at_noon.shift(timedelta(minutes=1))
    tried = len(listens.given)
    listens.behaviour.clear()
    at_noon.shift(timedelta(minutes=5))
    while carrier.carry():
        pass

    # It was asked now and then whether it is back, by four texts each time.
    assert 4 * 10 <= tried <= 4 * 20
    assert keys()[tried:] == [f"k-{number:02}" for number in range(30)]
    assert states() == {"sent": 30}
    assert set(Message.objects.values_list("attempts", flat=True)) == {1}


@pytest.mark.django_db
def test_three_texts_that_nobody_takes_do_not_hold_up_the_others(at_noon):
    for number in range(6):
        queue(f"k-{number}")
    listens.behaviour += [DOWN] * 3

    assert carry_due() == 6
    assert states() == {"queued": 3, "sent": 3}
    assert sorted(keys()[3:]) == ["k-3", "k-4", "k-5"]
    at_noon.shift(timedelta(seconds=31))
    assert carry_due() == 3
    assert states() == {"sent": 6}


@pytest.mark.django_db
def test_a_gateway_that_never_answers_is_left_alone_after_three(at_noon):
    for number in range(10):
        queue(f"k-{number}", "marketing")
    listens.behaviour += [TimeoutError()] * 3

    assert carry_due() == 10
    assert states() == {"queued": 7, "unknown": 3}
    assert len(listens.given) == 3


@pytest.mark.django_db
def test_a_missing_gateway_keeps_everything(settings, at_noon):
    settings.SMS_GATEWAY = "pigeon"
    for number in range(6):
        queue(f"k-{number}")
    carry_due()

    assert states() == {"queued": 6}
    settings.SMS_GATEWAY = "tests.foundation.messaging.gateway_that_listens"
    at_noon.shift(timedelta(minutes=1))
    assert carry_due() == 6
    assert keys() == [f"k-{number}" for number in range(6)]


@pytest.mark.django_db(transaction=True)
def test_what_is_committed_leaves_by_itself_and_two_to_one_phone_in_turn(monkeypatch):
    monkeypatch.setattr(listens, "takes_seconds", 0.02)
    stop = Event()
    thread = Thread(target=keep_carrying, args=[stop])
    thread.start()
    try:
        for number in range(6):
            queue(f"code-{number}", "security", to="+212612345678")
        for _ in range(200):
            if states() == {"sent": 6}:
                break
            Event().wait(0.05)
    finally:
        stop.set()
        thread.join()

    assert states() == {"sent": 6}
    assert keys() == [f"code-{number}" for number in range(6)]
    assert not any(listens.inside_transaction)
