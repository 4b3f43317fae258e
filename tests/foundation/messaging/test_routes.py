"""A text takes the way of its number; another carries it when the first does not."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from tests.foundation.messaging import gateway_that_listens as first
from tests.foundation.messaging import second_gateway as second
from twiza.config.management.commands.doctor import production
from twiza.foundation.messaging.carrying import Carrier, carry_due
from twiza.foundation.messaging.errors import NoSuchGateway
from twiza.foundation.messaging.gateway import Pace, TextInDoubt, TextNotSent
from twiza.foundation.messaging.jobs import tidy_texts
from twiza.foundation.messaging.models import Message
from twiza.foundation.messaging.routes import gateway_for, gateway_listening_as
from twiza.foundation.messaging.services import queue_text

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=ZoneInfo("Africa/Casablanca"))
FIRST, SECOND = "tests.foundation.messaging.gateway_that_listens", "tests.foundation.messaging.second_gateway"
DOWN = TextNotSent("no route", permanent=False)


@pytest.fixture(autouse=True)
def at_noon(settings):
    for memory in (first.given, first.behaviour, second.given):
        memory.clear()
    settings.SMS_GATEWAY, settings.SMS_ROUTES = "simulator", {"+212": [FIRST, SECOND], "+33": [SECOND]}
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock
    first.behaviour.clear()


def queue(to: str, key: str = "", kind: str = "service") -> Message:
    return queue_text(to=to, text="Commande 1523", key=key or to, kind=kind, language="fr")


def carried() -> tuple[list[str], list[str]]:
    return [text.key for text in first.given], [text.key for text in second.given]


@pytest.mark.parametrize(
    ("to", "code"),
    [("+212612345678", FIRST), ("+33612345678", SECOND), ("+34612345678", "simulator"), ("+212683000001", "simulator")],
)
def test_the_longest_beginning_decides_and_nobody_reaches_the_people_of_the_demonstration(settings, to, code):
    settings.SMS_ROUTES = {**settings.SMS_ROUTES, "+2126830": [FIRST]}

    assert gateway_for(to) == code


def test_whoever_may_carry_may_tell(settings):
    assert {code: gateway_listening_as(code).name for code in ("listens", "second")} == {"listens": FIRST, "second": SECOND}
    settings.SMS_ROUTES = {"+33": [SECOND]}
    with pytest.raises(NoSuchGateway):
        gateway_listening_as("listens")


def test_a_name_that_is_no_gateway_is_said_by_the_doctor(settings):
    settings.DEMO, settings.SMS_ROUTES = False, {"+33": ["pigeon"]}

    assert [fault for fault in production() if "pigeon" in fault] == [
        "SMS_GATEWAY or SMS_ROUTES names pigeon, which is no gateway: what is meant for it waits."
    ]


def test_a_setting_that_is_missing_is_said_by_the_doctor(settings):
    settings.DEMO, settings.SMS_ROUTES, settings.KANNEL_SECRET = False, {"+33": ["kannel"]}, "s3cret"

    assert [fault for fault in production() if "KANNEL" in fault] == ["KANNEL_PASSWORD is not set, and kannel needs it."]


@pytest.mark.django_db
def test_a_gateway_of_somebody_elses_package_tells_what_became_of_its_texts(client, settings):
    settings.SMS_GATEWAY, settings.SMS_ROUTES = SECOND, {}
    message = queue("+212612345678")
    carry_due()

    assert client.post("/webhooks/sms/second/receipt", {"about": "second-1", "state": "delivered"}).status_code == 204
    message.refresh_from_db()
    assert (message.state, message.gateway) == ("delivered", SECOND)


@pytest.mark.django_db
def test_a_text_that_the_first_refuses_is_carried_by_the_second(at_noon):
    first.behaviour.append(DOWN)
    message = queue("+212612345678")

    carry_due()
    assert carried() == (["+212612345678"], [])
    at_noon.shift(timedelta(seconds=31))
    carry_due()

    message.refresh_from_db()
    assert carried() == (["+212612345678"], ["+212612345678"])
    assert (message.state, message.gateway, message.gateway_reference) == ("sent", SECOND, "second-1")


@pytest.mark.django_db
def test_while_the_first_rests_the_second_carries_and_then_the_first_again(at_noon):
    carrier = Carrier()
    first.behaviour += [DOWN] * 4
    for number in range(6):
        queue(f"+21261234567{number}")

    while carrier.carry():
        pass
    assert len(first.given) == 4
    assert sorted(carried()[1]) == [f"+21261234567{number}" for number in range(6)]
    at_noon.shift(timedelta(seconds=6))
    queue("+212612345670", key="later")
    carrier.carry()

    assert carried()[0][4:] == ["later"]


@pytest.mark.django_db
def test_what_is_in_doubt_is_asked_again_where_it_may_be_known(at_noon):
    first.behaviour.append(TextInDoubt("silence", reference="r"))
    queue("+212612345678", kind="security")

    carry_due()
    at_noon.shift(timedelta(minutes=1))
    tidy_texts.func(timestamp=0)
    carry_due()

    assert carried() == (["+212612345678"] * 2, [])


@pytest.mark.django_db
def test_many_that_wait_for_one_gateway_do_not_hide_what_another_could_carry(monkeypatch):
    monkeypatch.setattr(first.Gateway, "pace", Pace(parts=2, seconds=1800))
    for number in range(10):
        queue(f"+21261234567{number}")
    queue("+33612345678")
    carrier = Carrier()

    while carrier.carry(most=4):
        pass

    assert carried() == (["+212612345670", "+212612345671"], ["+33612345678"])
