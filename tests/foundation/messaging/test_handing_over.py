"""What only committed rows can show: a text is claimed by one worker, and no transaction is open while it leaves."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tests.foundation.messaging import gateway_that_listens as listens
from twiza.foundation.messaging.carrying import Carrier
from twiza.foundation.messaging.models import Message
from twiza.foundation.messaging.services import queue_text
from twiza.foundation.messaging.states import State


@pytest.fixture
def committed_message(django_db_setup, django_db_blocker, settings, monkeypatch) -> Iterator[Message]:
    settings.SMS_GATEWAY = "tests.foundation.messaging.gateway_that_listens"
    monkeypatch.setattr(listens, "takes_seconds", 0.2)
    for memory in (listens.given, listens.behaviour, listens.inside_transaction):
        memory.clear()
    with django_db_blocker.unblock():
        message = queue_text(to="+212612345678", text="1", key="handed-over-once", kind="security", language="fr")
        yield message
        message.delete()
        connection.close()


def test_four_workers_hand_a_text_over_once_and_outside_any_transaction(committed_message):
    def work(_: int) -> None:
        try:
            Carrier(hands=2).carry()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as workers:
        list(workers.map(work, range(4)))

    committed_message.refresh_from_db()
    assert len(listens.given) == 1
    assert listens.inside_transaction == [False]
    assert (committed_message.state, committed_message.attempts) == (State.SENT, 1)
