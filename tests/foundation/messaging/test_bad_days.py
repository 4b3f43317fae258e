"""Whatever a carrier does, nothing is lost without a word, nothing is sent twice that it knows, and nothing goes backward."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from tests.foundation.messaging import faulty_gateway as carrier
from twiza.foundation.messaging.carrying import Carrier
from twiza.foundation.messaging.jobs import tidy_texts
from twiza.foundation.messaging.models import InboundText, Message
from twiza.foundation.messaging.services import queue_text, receive_text

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 11, 24, 9, 0, tzinfo=ZoneInfo("Africa/Casablanca"))
KINDS = ["security", "reply", "service", "lesson"]
TEXTS = 24
ENDS = {"delivered", "failed"}


@pytest.fixture
def clock(settings):
    settings.SMS_GATEWAY = carrier.CODE
    with time_machine.travel(MORNING, tick=False) as travelling:
        yield travelling


def live_through(clock, *, hours: int) -> list[dict[str, str]]:
    """Minute by minute until nothing is on its way; the states of all texts, each time."""
    worker, seen = Carrier(), []
    for _minute in range(hours * 60):
        while worker.carry():
            pass
        carrier.tell_what_is_due()
        tidy_texts.func(timestamp=0)
        seen.append(dict(Message.objects.values_list("key", "state")))
        waits = Message.objects.filter(not_before__gt=MORNING, state__in=["queued", "unknown"]).exists()
        if not carrier.promised and not waits and not set(seen[-1].values()) & {"queued", "sending"}:
            return seen
        clock.shift(timedelta(minutes=1))
    raise AssertionError(f"still on its way: {seen[-1]}")


@pytest.mark.parametrize("seed", range(3))
def test_a_bad_day_of_a_carrier(clock, seed):
    carrier.begin(seed)
    for number in range(TEXTS):
        kind = KINDS[number % len(KINDS)]
        queue_text(to=f"+2126123456{number:02}", text="Commande 1523", key=f"{kind}:{number}", kind=kind, language="fr")

    seen = live_through(clock, hours=12)

    last = seen[-1]
    assert max(carrier.reached.values()) == 1
    assert {key for key, state in last.items() if state in ENDS} == set(carrier.reached) - carrier.lost_receipts
    assert {last[key] for key in carrier.lost_receipts} <= {"sent", "unknown"}
    assert {last[key] for key in set(last) - set(carrier.reached)} <= {"unknown"}
    assert Message.objects.exclude(gateway_reference="").count() == TEXTS
    for key in last:
        ended = [states[key] for states in seen if states[key] in ENDS]
        assert len(set(ended)) <= 1


@pytest.mark.parametrize("seed", range(3))
def test_what_people_write_is_kept_once_however_it_is_told(seed):
    chance = random.Random(seed)
    told = []
    for number in range(20):
        at, sender = MORNING + timedelta(seconds=number * 11), f"+2126123456{number % 5:02}"
        for copy in range(chance.choice([1, 2, 3])):
            id = f"{number}" if chance.random() < 0.5 else f"{number}-{copy}"
            told.append((id, sender, "OUI 1523", at + timedelta(seconds=chance.choice([0, 0, 1, 2]))))
    chance.shuffle(told)

    for id, sender, text, at in told:
        receive_text(
            gateway="android", gateway_id=id, sender=sender, text=text, received_at=at, doubles_within_seconds=5
        )  # fmt: skip

    assert InboundText.objects.count() == 20
