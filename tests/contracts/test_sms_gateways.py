"""Every file in adapters/sms keeps the port's promises."""

from pathlib import Path

import pytest

import twiza.adapters.sms
from twiza.foundation.messaging.gateway import (
    Notice,
    NoticeRefused,
    OutgoingText,
    Sent,
    TextNotSent,
    gateway_called,
)

CODES = sorted(path.stem for path in Path(twiza.adapters.sms.__file__).parent.glob("*.py") if path.stem != "__init__")

NONSENSE = [
    Notice(body=b"", fields={}),
    Notice(body=b"\xff\xfe\x00", fields={"\x00": "\x00"}),
    Notice(body=b"{}", fields={"from": "", "text": "", "id": ""}),
]


@pytest.fixture(params=CODES)
def gateway(request):
    return gateway_called(request.param)


def test_its_code_is_the_name_of_its_file(gateway):
    assert type(gateway).__module__ == f"twiza.adapters.sms.{gateway.code}"


@pytest.mark.parametrize("notice", NONSENSE)
def test_a_notice_it_cannot_read_is_refused_in_words(gateway, notice):
    for read in (gateway.read_inbound, gateway.read_receipt):
        with pytest.raises(NoticeRefused) as refusal:
            read(notice)
        assert str(refusal.value)


def test_a_text_is_taken_with_a_reference_or_refused_as_not_sent(gateway):
    text = OutgoingText(key="k1", to="+212683000001", text="1 €", encoding="gsm7", parts=("1 €",))

    try:
        answer = gateway.send(text)
    except TextNotSent as refusal:
        answer = refusal

    assert isinstance(answer, (Sent, TextNotSent))
    assert isinstance(answer, TextNotSent) or answer.reference


def test_the_shelf_is_not_empty():
    assert "simulator" in CODES
