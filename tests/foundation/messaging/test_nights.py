"""What we begin ourselves wakes nobody: it leaves between eight in the morning and nine in the evening, in Morocco."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from tests.foundation.messaging import gateway_that_listens as listens
from tests.jobs import run_jobs
from twiza.foundation.messaging.carrying import carry_due
from twiza.foundation.messaging.gateway import TextNotSent
from twiza.foundation.messaging.models import Message
from twiza.foundation.messaging.services import queue_text
from twiza.kit.quiet_hours import waking_moment

MOROCCO = ZoneInfo("Africa/Casablanca")
REAL = "+212612345678"
MIDNIGHT = datetime(2026, 11, 23, 23, 30, tzinfo=MOROCCO)
MORNING = datetime(2026, 11, 24, 8, 0, tzinfo=MOROCCO)
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=MOROCCO)


@pytest.fixture(autouse=True)
def _quiet_gateway(settings):
    listens.given.clear()
    listens.behaviour.clear()
    settings.SMS_GATEWAY = "tests.foundation.messaging.gateway_that_listens"


def queue(kind="service", to=REAL, **how) -> Message:
    return queue_text(to=to, text="Commande 1523", key=f"k-{kind}", kind=kind, language="fr", **how)


@given(minutes=st.integers(0, 20 * 366 * 24 * 60))
def test_whatever_waits_leaves_by_day_as_soon_as_it_may(minutes):
    moment = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    leaves = waking_moment(moment)
    here = leaves.astimezone(MOROCCO)

    assert time(8) <= here.time() < time(21)
    # Never earlier; at most a night later, and that at eight sharp. The clocks may change meanwhile.
    assert moment <= leaves <= moment + timedelta(hours=12)
    assert leaves == moment or here.time() == time(8)
    if time(8) <= moment.astimezone(MOROCCO).time() < time(21):
        assert leaves == moment


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["service", "lesson", "marketing"])
def test_at_night_it_waits_for_the_morning(kind):
    with time_machine.travel(MIDNIGHT, tick=False):
        message = queue(kind)
        run_jobs()

    assert (message.not_before, message.state, listens.given) == (MORNING, "queued", [])
    with time_machine.travel(MORNING, tick=False):
        assert carry_due() == 1
    assert [text.key for text in listens.given] == [message.key]


@pytest.mark.django_db
@pytest.mark.parametrize("how", [{"kind": "security"}, {"kind": "reply"}, {"is_awaited": True}, {"to": "+212683000001"}])
def test_codes_warnings_answers_and_the_demonstration_go_at_once(how):
    with time_machine.travel(MIDNIGHT, tick=False):
        message = queue(**how)
        assert carry_due() == 1

    message.refresh_from_db()
    assert message.not_before is None
    assert message.state in {"sent", "delivered"}


@pytest.mark.django_db
def test_a_moment_that_somebody_chose_is_put_off_to_its_own_morning():
    with time_machine.travel(NOON, tick=False):
        tonight, tomorrow = NOON.replace(hour=22), NOON + timedelta(days=1)

        assert queue("service", not_before=tonight).not_before == MORNING + timedelta(days=1)
        assert queue("lesson", not_before=tomorrow).not_before == tomorrow


@pytest.mark.django_db
def test_what_is_tried_again_at_night_waits_too():
    listens.behaviour.append(TextNotSent("no route", permanent=False))
    with time_machine.travel(MIDNIGHT.replace(hour=20, minute=59), tick=False):
        queue()
        assert carry_due() == 1
    with time_machine.travel(MIDNIGHT, tick=False):
        assert carry_due() == 0
    assert len(listens.given) == 1
    with time_machine.travel(MORNING, tick=False):
        assert carry_due() == 1
    assert len(listens.given) == 2
