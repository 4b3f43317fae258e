"""Carriers tell us things over HTTP: each answer says what to do next."""

import pytest
from django.db import OperationalError

from twiza.foundation.messaging.models import InboundText, Message, Receipt
from twiza.foundation.messaging.services import queue_text

pytestmark = pytest.mark.django_db

INBOUND = "/webhooks/sms/simulator/inbound"
RECEIPT = "/webhooks/sms/simulator/receipt"
FATIMA = "+212683000001"


def say(client, text="1", sender=FATIMA, id="a1"):
    return client.post(INBOUND, {"from": sender, "text": text, "id": id})


def test_a_text_is_kept_and_a_replay_is_answered_alike(client):
    first, replay = say(client), say(client)

    assert (first.status_code, replay.status_code) == (204, 204)
    assert first.content == b""
    kept = InboundText.objects.get()
    assert (kept.gateway, kept.gateway_id, kept.sender, kept.text) == ("simulator", "a1", FATIMA, "1")


def test_a_plus_that_was_not_escaped_is_still_the_number(client):
    body = "from=+212683000001&text=1&id=a1"

    assert client.post(INBOUND, body, content_type="application/x-www-form-urlencoded").status_code == 204
    assert InboundText.objects.get().sender == FATIMA


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"from": "somebody", "text": "1", "id": "a"}, "from"),
        ({"from": FATIMA, "text": "1"}, "id"),
        ({"from": FATIMA, "id": "a"}, "text"),
        ({}, "from"),
    ],
)
def test_a_notice_that_says_nothing_readable_is_refused_and_not_kept(client, fields, word):
    answer = client.post(INBOUND, fields)

    assert answer.status_code == 400
    assert word in answer.content.decode()
    assert InboundText.objects.count() == 0


def test_an_unknown_gateway_does_not_exist(client):
    assert client.post("/webhooks/sms/pigeon/inbound", {"from": FATIMA, "text": "1", "id": "a"}).status_code == 404
    assert client.post("/webhooks/sms/os/receipt", {}).status_code == 404
    assert InboundText.objects.count() == 0


def test_on_a_real_site_nobody_speaks_through_the_simulator(client, settings):
    settings.DEMO = settings.DEBUG = False

    assert say(client).status_code == 404
    assert InboundText.objects.count() == 0


def test_only_a_post_is_heard(client):
    assert client.get(INBOUND, {"from": FATIMA, "text": "1", "id": "a"}).status_code == 405


def test_what_is_too_long_is_not_read(client):
    assert say(client, text="x" * 70_000).status_code == 413
    assert InboundText.objects.count() == 0


def test_a_text_of_two_thousand_characters_with_nul_is_kept_cut(client):
    assert say(client, text="\x00" + "م" * 2000).status_code == 204
    assert len(InboundText.objects.get().text) == 1600


def test_the_carrier_is_asked_to_come_back_when_the_database_is_away(client, monkeypatch):
    def away(**facts):
        raise OperationalError("server closed the connection")

    monkeypatch.setattr("twiza.entrypoints.webhooks.texts.receive_text", away)

    assert say(client).status_code == 503


def test_a_receipt_moves_the_message(client):
    message = queue_text(to=FATIMA, text="Bonjour", key="k", kind="service", language="fr")
    Message.objects.update(state="sent", gateway="simulator", gateway_reference="r1")

    assert client.post(RECEIPT, {"reference": "r1", "state": "delivered"}).status_code == 204
    message.refresh_from_db()
    assert message.state == "delivered"


def test_a_receipt_that_means_nothing_is_refused(client):
    assert client.post(RECEIPT, {"reference": "r1", "state": "eaten"}).status_code == 400
    assert client.post(RECEIPT, {"reference": "r1", "state": "sent"}).status_code == 404
    assert Receipt.objects.count() == 0


@pytest.fixture
def kannel(settings):
    settings.SMS_GATEWAY, settings.KANNEL_SECRET = "kannel", "s3cret-path"
    return "/webhooks/sms/kannel/s3cret-path/inbound"


def test_who_can_only_ask_tells_under_a_secret_address_and_is_answered_200(client, kannel):
    told = {"id": "k1", "from": "+212661000009", "text": "نعم 1523", "charset": "UTF-8"}

    assert [client.get(kannel, told).status_code for _ in range(2)] == [200, 200]
    assert [(text.gateway, text.text) for text in InboundText.objects.all()] == [("kannel", "نعم 1523")]


def test_a_secret_address_that_is_not_ours_is_not_believed(client, kannel, settings):
    told = {"id": "k1", "from": "+212661000009", "text": "1"}
    assert client.get(kannel.replace("s3cret", "other"), told).status_code == 400
    settings.KANNEL_SECRET = ""
    assert client.get(kannel, told).status_code == 400
    assert InboundText.objects.count() == 0


def test_a_receipt_under_the_secret_address_moves_the_message(client, kannel):
    message = queue_text(to=FATIMA, text="Bonjour", key="reply:7", kind="service", language="fr")
    Message.objects.update(state="sent", gateway="kannel", gateway_reference="reply:7")

    assert client.get(kannel.replace("inbound", "receipt"), {"about": "cmVwbHk6Nw", "type": "1"}).status_code == 200
    message.refresh_from_db()
    assert message.state == "delivered"
    assert client.get(kannel.replace("inbound", "receipt"), {"about": "cmVwbHk6OA", "type": "1"}).status_code == 404
