"""What carriers tell us: texts from people, and what became of ours."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from twiza.foundation.messaging.errors import NoSuchMessage
from twiza.foundation.messaging.models import InboundText, Message, Receipt
from twiza.foundation.messaging.selectors import counts_by_state, texts_of_phone
from twiza.foundation.messaging.services import queue_text, receive_text, record_receipt
from twiza.foundation.messaging.states import MAY_FOLLOW, State, states_before

pytestmark = pytest.mark.django_db

FATIMA = "+212683000001"


def hear(text="OUI 1523", id="a1", sender=FATIMA):
    return receive_text(gateway="simulator", gateway_id=id, sender=sender, text=text)


@pytest.fixture
def published(monkeypatch):
    events = []
    monkeypatch.setattr("twiza.foundation.messaging.services.publish", events.append)
    return events


def sent_message():
    message = queue_text(to=FATIMA, text="Bonjour", key="k", kind="service", language="fr")
    Message.objects.filter(pk=message.pk).update(state="sent", gateway="kannel", gateway_reference="77")
    return message


def test_a_text_is_kept_and_told_once_however_often_the_carrier_repeats_it(published):
    first = hear()

    assert hear(text="something else") is None
    assert InboundText.objects.get() == first
    assert [event.inbound_id for event in published] == [first.pk]


def test_two_gateways_may_use_the_same_id(published):
    hear()
    receive_text(gateway="kannel", gateway_id="a1", sender=FATIMA, text="1")

    assert InboundText.objects.count() == 2


def test_nul_goes_and_a_long_text_is_cut_with_a_note(published):
    assert hear(text="OUI\x00 1523").text == "OUI 1523"
    long = hear(text="x" * 2000, id="a2")
    assert (len(long.text), long.note) == (1600, "cut from 2000 characters")


@effort(deadline=None, max_examples=50)
@given(st.text(max_size=80))
def test_any_text_can_be_kept(text):
    InboundText.objects.all().delete()

    assert hear(text=text) is not None


def hear_at(second, id, text="OUI 1523", sender=FATIMA, apart=5):
    at = datetime(2026, 11, 22, 9, 0, second, tzinfo=UTC)
    return receive_text(
        gateway="android", gateway_id=id, sender=sender, text=text, received_at=at, doubles_within_seconds=apart
    )  # fmt: skip


def test_a_carrier_known_to_double_is_heard_once_for_the_same_words_within_seconds(published):
    first = hear_at(10, "a")

    assert [hear_at(15, "b"), hear_at(5, "c"), hear_at(10, "a")] == [None, None, None]
    assert [text.pk for text in InboundText.objects.all()] == [first.pk]
    assert len(published) == 1


def test_what_differs_in_words_sender_or_moment_is_another_text(published):
    hear_at(10, "a")

    others = [hear_at(10, "b", text="NON 1523"), hear_at(10, "c", sender="+212683000002"), hear_at(16, "d")]
    assert None not in others
    assert hear_at(10, "e", apart=0) is not None


def test_half_a_character_does_no_harm(published):
    assert hear(text="OUI \ud83d").text == "OUI ?"


def test_a_flood_is_left_to_a_person(published):
    for number in range(20):
        hear(id=f"n{number}")
    flood = hear(id="last")

    assert len(published) == 20
    assert (flood.needs_person, flood.outcome) == (True, "too_many")
    assert hear(id="somebody-else", sender="+212683000002").needs_person is False


def test_a_receipt_moves_a_message_forward_only():
    message = sent_message()

    record_receipt(gateway="kannel", reference="77", state="delivered")
    record_receipt(gateway="kannel", reference="77", state="sent")

    message.refresh_from_db()
    assert message.state == State.DELIVERED
    assert [receipt.state for receipt in Receipt.objects.all()] == ["delivered", "sent"]


@effort(deadline=None, max_examples=30)
@given(st.lists(st.sampled_from(["sent", "delivered", "failed"]), min_size=1, max_size=6), st.sampled_from(["unknown", "sent"]))
def test_whatever_order_receipts_come_in_the_first_end_stays(told, before):
    message = queue_text(to=FATIMA, text="1", key=f"k{Message.objects.count()}", kind="service", language="fr")
    Message.objects.filter(pk=message.pk).update(state=before, gateway="kannel", gateway_reference=message.key)

    for state in told:
        record_receipt(gateway="kannel", reference=message.key, state=state)

    message.refresh_from_db()
    assert message.state == next((state for state in told if state != "sent"), "sent")
    assert [receipt.state for receipt in message.receipts.all()] == told


def test_a_receipt_settles_what_nobody_knew():
    message = sent_message()
    Message.objects.update(state="unknown")

    assert record_receipt(gateway="kannel", reference="77", state="failed") == message
    assert Message.objects.get().state == State.FAILED


def test_a_receipt_for_an_unknown_message_is_refused_and_not_kept():
    sent_message()

    with pytest.raises(NoSuchMessage):
        record_receipt(gateway="kannel", reference="78", state="delivered")
    with pytest.raises(NoSuchMessage):
        record_receipt(gateway="other", reference="77", state="delivered")
    assert Receipt.objects.count() == 0


def test_nothing_follows_an_end_and_every_other_state_leads_somewhere():
    ends = {state for state, after in MAY_FOLLOW.items() if not after}

    assert ends == {State.DELIVERED, State.FAILED, State.SUPPRESSED}
    assert set(MAY_FOLLOW) == set(State)
    assert states_before(State.DELIVERED) == [State.SENDING, State.UNKNOWN, State.SENT]


def test_a_phone_shows_both_sides_in_order(published):
    queue_text(to=FATIMA, text="Commande 1523", key="k", kind="service", language="fr")
    hear()

    texts = [(text.direction, text.text, text.parts, text.state) for text in texts_of_phone(FATIMA)]
    assert texts == [("out", "Commande 1523", 1, "queued"), ("in", "OUI 1523", 1, "received")]
    assert counts_by_state()["queued"] == 1
