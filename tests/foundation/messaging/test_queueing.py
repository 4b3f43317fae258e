"""A text wished for is a row, once, and leaves once."""

from datetime import time

import pytest
from django.db import connection

from tests.foundation.messaging import gateway_that_listens as listens
from tests.jobs import run_jobs
from twiza.foundation.messaging.errors import NotATelephoneNumber
from twiza.foundation.messaging.gateway import TextNotSent
from twiza.foundation.messaging.models import Message
from twiza.foundation.messaging.services import queue_text, start_texts, stop_texts
from twiza.foundation.messaging.states import State

pytestmark = pytest.mark.django_db

FATIMA = "+212683000001"
REAL = "+212612345678"


@pytest.fixture(autouse=True)
def _quiet_gateway(settings):
    listens.given.clear()
    listens.behaviour.clear()
    settings.SMS_GATEWAY = "tests.foundation.messaging.gateway_that_listens"


@pytest.fixture(autouse=True)
def _by_day(monkeypatch):
    """Whatever the hour at which the tests run."""
    monkeypatch.setattr("twiza.kit.quiet_hours.MORNING", time.min)
    monkeypatch.setattr("twiza.kit.quiet_hours.EVENING", time.max)


def queue(to=FATIMA, key="order-placed:91", kind="service", text="Commande 1523 : 2 x Miel"):
    return queue_text(to=to, text=text, key=key, kind=kind, language="fr")


def waiting_jobs():
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_jobs where status = 'todo'")
        return cursor.fetchone()[0]


def in_the_end(message):
    message.refresh_from_db()
    return message


def test_a_text_is_written_down_with_its_cost_then_delivered_by_the_simulator():
    message = queue(text="Reçu l’huile")

    assert (message.text, message.encoding, message.units, message.parts) == ("Recu l'huile", "gsm7", 12, 1)
    assert message.state == State.QUEUED
    run_jobs()
    assert in_the_end(message).state == State.DELIVERED
    assert message.gateway == "simulator"
    assert message.sent_at is not None


def test_the_same_key_is_the_same_message_and_leaves_once():
    first = queue(to=REAL)
    second = queue(to=REAL, text="other words")

    run_jobs()

    assert first == second
    assert Message.objects.get().text == "Commande 1523 : 2 x Miel"
    assert len(listens.given) == 1


def test_a_fictional_number_is_never_handed_to_a_real_gateway():
    queue(to=FATIMA)
    run_jobs()

    assert listens.given == []


def test_what_is_not_a_number_is_refused_and_nothing_is_written():
    with pytest.raises(NotATelephoneNumber):
        queue(to="0612345678")

    assert Message.objects.count() == 0
    assert waiting_jobs() == 0


def test_silence_stops_everything_but_codes_and_answers():
    stop_texts(REAL, "STOP")
    stop_texts(REAL, "7bes")

    states = {kind: queue(to=REAL, key=kind, kind=kind).state for kind in ("service", "lesson", "marketing", "security", "reply")}
    run_jobs()

    assert states == {
        "service": "suppressed",
        "lesson": "suppressed",
        "marketing": "suppressed",
        "security": "queued",
        "reply": "queued",
    }
    assert [text.key for text in listens.given] == ["security", "reply"]


def test_who_asks_to_be_written_to_again_is():
    stop_texts(REAL, "STOP")
    start_texts(REAL)

    assert queue(to=REAL).state == State.QUEUED


def test_a_gateway_that_is_down_is_tried_again_later():
    listens.behaviour.append(TextNotSent("no route", permanent=False))
    message = queue(to=REAL)

    run_jobs()

    assert in_the_end(message).state == State.QUEUED
    assert (message.attempts, message.error) == (1, "no route")
    assert waiting_jobs() == 1
    with connection.cursor() as cursor:
        cursor.execute("update procrastinate_jobs set scheduled_at = now() where status = 'todo'")
    run_jobs()
    assert in_the_end(message).state == State.SENT
    assert (message.gateway_reference, message.error) == ("ref-2", "")


def test_a_refusal_for_good_is_final():
    listens.behaviour.append(TextNotSent("no such subscriber", permanent=True))
    message = queue(to=REAL)

    run_jobs()

    assert in_the_end(message).state == State.FAILED
    assert waiting_jobs() == 0


def test_after_a_time_out_nobody_knows_and_nobody_sends_again():
    listens.behaviour.append(TimeoutError())
    message = queue(to=REAL)

    run_jobs()

    assert in_the_end(message).state == State.UNKNOWN
    assert message.error == "TimeoutError"
    assert len(listens.given) == 1
    assert waiting_jobs() == 0


def test_a_missing_gateway_waits_instead_of_losing_the_text(settings):
    settings.SMS_GATEWAY = "pigeon"
    message = queue(to=REAL)

    run_jobs()

    assert in_the_end(message).state == State.QUEUED


def test_a_second_run_of_the_job_sends_nothing():
    from twiza.foundation.messaging.jobs import send_text

    message = queue(to=REAL)
    run_jobs()
    send_text.func(message_id=message.pk)

    assert len(listens.given) == 1


def test_what_a_killed_worker_left_is_settled_or_sent_on():
    from datetime import timedelta

    from twiza.foundation.messaging.jobs import tidy_texts
    from twiza.kit.clock import now

    claimed, forgotten = queue(to=REAL, key="a"), queue(to=REAL, key="b")
    with connection.cursor() as cursor:
        cursor.execute("delete from procrastinate_jobs")
    long_ago = now() - timedelta(minutes=6)
    Message.objects.filter(pk=claimed.pk).update(state="sending", claimed_at=long_ago)
    Message.objects.filter(pk=forgotten.pk).update(created_at=long_ago)

    tidy_texts.func(timestamp=0)
    run_jobs()

    assert in_the_end(claimed).state == State.UNKNOWN
    assert in_the_end(forgotten).state == State.SENT
    assert [text.key for text in listens.given] == ["b"]
