"""Texts leave and arrive over a real Kannel, bound by SMPP to a message centre of ours, with the documents' configuration."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.jobs import run_jobs
from tests.kannel.message_centre import GSM, GSM_SECOND, MessageCentre
from tests.kannel.running import PASSWORD, SECRET, Ear, Kannel, found, running_kannel
from twiza.domain.orders.models import Order
from twiza.foundation.messaging.encoding import encoding_of, split
from twiza.foundation.messaging.gateway import OutgoingText, TextNotSent, gateway_called
from twiza.foundation.messaging.models import InboundText, Message
from twiza.foundation.messaging.services import queue_text

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.timeout(60),
    pytest.mark.skipif(not (found("bearerbox") and found("smsbox")), reason="Kannel is missing: sudo apt-get install -y kannel"),
]

HAJJA = "+212661234567"
# What GSM's alphabet has of French, and where each costs two.
FRENCH = "Livré à Salé: où? 20 dh, voilà. É Ç è ù ò € [x] {y} ~ ^ | \\ @ _ Δ"


@pytest.fixture(scope="module")
def kannel(tmp_path_factory) -> Iterator[Kannel]:
    with running_kannel(tmp_path_factory.mktemp("kannel")) as running:
        yield running


@pytest.fixture
def ear(kannel, client, settings, monkeypatch) -> Ear:
    """The site, connected with it: by day, and with the test's own transaction around everything."""
    settings.SMS_GATEWAY = "kannel"
    settings.KANNEL_URL, settings.KANNEL_USER, settings.KANNEL_PASSWORD = kannel.sending_url, "twiza", PASSWORD
    settings.KANNEL_FROM, settings.KANNEL_SECRET = "3030", SECRET
    settings.KANNEL_TELLS = f"http://127.0.0.1:{kannel.ear.port}"
    monkeypatch.setattr("twiza.kit.asking.forbid_inside_transaction", lambda: None)
    for place in ("services", "locking"):
        monkeypatch.setattr(f"twiza.foundation.messaging.{place}.waking_moment", lambda at: at)
    kannel.ear.answer = lambda path: client.get(path).status_code
    return kannel.ear


@pytest.fixture
def centre(kannel) -> MessageCentre:
    kannel.centre.forget()
    return kannel.centre


def text_of(words: str, key: str = "k1") -> OutgoingText:
    return OutgoingText(key=key, to=HAJJA, text=words, encoding=encoding_of(words), parts=tuple(split(words)))


def test_an_order_goes_its_whole_way_by_text(market, ear, centre):
    market.hajja.phone = HAJJA
    market.hajja.save()
    market.order(market.argan)
    run_jobs()
    order = Order.objects.get(cooperative=market.argan_cooperative)
    parts, told = centre.message()
    notice = Message.objects.get(to=HAJJA)
    assert (told, len(parts)) == (notice.text, notice.parts)
    assert order.number in told
    centre.report(parts[0], "DELIVRD")
    ear.listen_until(lambda: Message.objects.get(pk=notice.pk).state == "delivered")

    for words in ("٤ {}", "جاهز {}", "أرسلت {} LD123456789MA", "وصل {}", "رصيد"):
        before = InboundText.objects.count()
        centre.text_from(HAJJA, words.format(order.number))
        ear.listen_until(lambda before=before: InboundText.objects.count() > before)
        run_jobs()
        inbound = InboundText.objects.latest("pk")
        assert (inbound.gateway, inbound.person, inbound.outcome) == ("kannel", market.hajja, "done"), words
        _parts, answer = centre.message()
        assert answer == inbound.answered_by.text
    order.refresh_from_db()
    assert (order.fulfilment.status, order.fulfilment.tracking) == ("delivered", "LD123456789MA")


def test_what_is_written_reaches_the_telephone_letter_by_letter(ear, centre):
    long_arabic = "م" * 66 + "🍯" + "ل" * 66 + "🍯" + "ا" * 20
    whole_alphabet = GSM.replace("\x1b", "") + "".join(GSM_SECOND.values())
    texts = [FRENCH, whole_alphabet, "a" * 152 + "€" + "b" * 152 + "€", "م" * 70, long_arabic, "تم قبول الطلب 1523. " * 12]

    for number, words in enumerate(texts):
        sent = gateway_called("kannel").send(text_of(words, f"letter:{number}"))
        parts, told = centre.message()

        assert sent.reference == f"letter:{number}"
        assert len(parts) == len(split(words))
        # A part that ended in half a character could not be written down.
        assert [part.text for part in parts if part.text.encode()] == [part.text for part in parts]
        assert told.replace(" ", "") == words.replace(" ", "")
        assert (parts[0].sender, parts[0].to) == ("3030", HAJJA)


def test_what_is_written_to_us_arrives_letter_by_letter_and_whole(ear, centre):
    for number, write in enumerate((centre.plain_text_from, centre.text_from, centre.text_from)):
        words = [FRENCH, "نعم 1523 🍯", "السلام عليكم ورحمة الله، " * 8][number].strip()
        write("+212661000009", words)
        ear.listen_until(lambda number=number: InboundText.objects.count() > number)

        inbound = InboundText.objects.latest("pk")
        assert (inbound.sender, inbound.text) == ("+212661000009", words)


def test_what_is_written_while_the_site_is_away_is_kept_once(ear, centre):
    site = ear.answer
    ear.answer = lambda path: 503
    centre.plain_text_from("+212661000009", "1")
    first = ear.listen_until(lambda: ear.told)
    ear.answer = site
    again = ear.listen_until(InboundText.objects.exists)

    assert again == first
    assert InboundText.objects.count() == 1


@pytest.mark.parametrize(("word", "state"), [("DELIVRD", "delivered"), ("UNDELIV", "failed"), ("EXPIRED", "failed")])
def test_what_became_of_a_text_is_told(ear, centre, word, state):
    message = queue_text(to=HAJJA, text=f"Commande 1523 {word}", key=f"told:{word}/é", kind="security", language="fr")
    run_jobs()
    message.refresh_from_db()
    assert (message.state, message.gateway, message.gateway_reference) == ("sent", "kannel", message.key)

    parts, _words = centre.message()
    centre.report(parts[0], word)
    ear.listen_until(lambda: Message.objects.get().state != "sent")

    receipt = message.receipts.get()
    assert (receipt.state, receipt.raw["answer"].split()[0]) == (state, f"id:{parts[0].id}")


def test_a_wrong_password_is_a_refusal_and_a_wrong_path_is_not_believed(ear, settings, client):
    settings.KANNEL_PASSWORD = "another"
    with pytest.raises(TextNotSent, match="403") as refusal:
        gateway_called("kannel").send(text_of("1"))

    assert refusal.value.permanent is False
    told = {"id": "1", "from": HAJJA, "text": "OUI 1523"}
    assert client.get("/webhooks/sms/kannel/another/inbound", told).status_code == 400
    assert client.get("/webhooks/sms/kannel/inbound", told).status_code == 405
    assert client.post("/webhooks/sms/kannel/inbound", told).status_code == 400
    assert InboundText.objects.count() == 0
