"""A text wished for is a row, once, and leaves once."""

from datetime import time, timedelta

import pytest
import time_machine

from tests.foundation.messaging import gateway_that_listens as listens
from tests.jobs import run_jobs
from twiza.foundation.messaging.errors import NotATelephoneNumber
from twiza.foundation.messaging.gateway import TextInDoubt, TextNotSent
from twiza.foundation.messaging.jobs import tidy_texts
from twiza.foundation.messaging.models import Message
from twiza.foundation.messaging.services import queue_text, record_receipt, start_texts, stop_texts
from twiza.foundation.messaging.states import State
from twiza.kit.clock import now

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


def after(**passed):
    return time_machine.travel(now() + timedelta(**passed), tick=False)


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
    with after(seconds=29):
        run_jobs()
    assert len(listens.given) == 1
    with after(seconds=31):
        run_jobs()
    assert in_the_end(message).state == State.SENT
    assert (message.gateway_reference, message.error) == ("ref-2", "")


def test_a_refusal_for_good_is_final():
    listens.behaviour.append(TextNotSent("no such subscriber", permanent=True))
    message = queue(to=REAL)

    run_jobs()

    with after(days=2):
        run_jobs()

    assert in_the_end(message).state == State.FAILED
    assert len(listens.given) == 1


@pytest.mark.parametrize(("kind", "minutes"), [("security", 1), ("service", 10)])
def test_after_a_time_out_what_somebody_needs_is_sent_once_more(kind, minutes):
    listens.behaviour += [TimeoutError(), TimeoutError()]
    message = queue(to=REAL, kind=kind)
    run_jobs()
    assert in_the_end(message).state == State.UNKNOWN
    assert message.error == "TimeoutError"

    with after(minutes=minutes, seconds=-2):
        tidy_texts.func(timestamp=0)
        run_jobs()
    assert len(listens.given) == 1
    with after(minutes=minutes):
        tidy_texts.func(timestamp=0)
        run_jobs()
    assert [text.key for text in listens.given] == [message.key, message.key]
    with after(days=1):
        tidy_texts.func(timestamp=0)
        run_jobs()
    assert in_the_end(message).state == State.UNKNOWN
    assert len(listens.given) == 2


def test_what_is_in_doubt_has_its_reference_so_that_a_receipt_finds_it():
    listens.behaviour.append(TextInDoubt("silence", reference="ours-1"))
    message = queue(to=REAL)
    run_jobs()
    assert in_the_end(message).state == State.UNKNOWN
    assert (message.gateway_reference, message.error) == ("ours-1", "silence")

    record_receipt(gateway=message.gateway, reference="ours-1", state="delivered")
    with after(days=1):
        tidy_texts.func(timestamp=0)
        run_jobs()

    assert in_the_end(message).state == State.DELIVERED
    assert len(listens.given) == 1


@pytest.mark.parametrize("kind", ["reply", "lesson", "marketing"])
def test_after_a_time_out_what_would_only_disturb_is_never_sent_again(kind):
    listens.behaviour.append(TimeoutError())
    message = queue(to=REAL, kind=kind)
    run_jobs()
    with after(days=1):
        tidy_texts.func(timestamp=0)
        run_jobs()

    assert in_the_end(message).state == State.UNKNOWN
    assert len(listens.given) == 1


def test_a_receipt_that_comes_late_keeps_it_from_being_sent_again():
    listens.behaviour.append(TimeoutError())
    message = queue(to=REAL)
    run_jobs()
    Message.objects.filter(pk=message.pk).update(gateway_reference="late-1")
    record_receipt(gateway=in_the_end(message).gateway, reference="late-1", state="delivered")

    with after(days=1):
        tidy_texts.func(timestamp=0)
        run_jobs()
    assert in_the_end(message).state == State.DELIVERED
    assert len(listens.given) == 1


def test_a_missing_gateway_waits_instead_of_losing_the_text(settings):
    settings.SMS_GATEWAY = "pigeon"
    message = queue(to=REAL)

    run_jobs()

    assert in_the_end(message).state == State.QUEUED


def test_what_a_killed_worker_left_is_in_doubt():
    claimed = [queue(to=REAL, key=kind, kind=kind) for kind in ("service", "reply")]
    Message.objects.update(state="sending", claimed_at=now() - timedelta(minutes=6), attempts=1)

    tidy_texts.func(timestamp=0)
    run_jobs()
    assert [in_the_end(message).state for message in claimed] == [State.UNKNOWN, State.UNKNOWN]
    assert listens.given == []

    with after(minutes=11):
        tidy_texts.func(timestamp=0)
        run_jobs()
    assert [text.key for text in listens.given] == ["service"]
