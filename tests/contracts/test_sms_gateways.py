"""Every file in adapters/sms keeps the port's promises, against what its carrier really answers and tells."""

from __future__ import annotations

import dataclasses
import json
import logging
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
import time_machine
from django.db import transaction

import twiza.adapters.sms
from tests.contracts.played_gateway import PlayedMachine, notice_of, recorded
from twiza.foundation.messaging.encoding import encoding_of, split
from twiza.foundation.messaging.gateway import (
    SIMULATOR,
    Notice,
    NoticeRefused,
    OutgoingText,
    Pace,
    Sent,
    TextInDoubt,
    TextNotSent,
    gateway_called,
)
from twiza.kit import asking
from twiza.kit.network import NetworkInsideTransaction

CODES = sorted(path.stem for path in Path(twiza.adapters.sms.__file__).parent.glob("*.py") if path.stem != "__init__")
CARRIERS = [code for code in CODES if code != SIMULATOR]
SENDING = [(code, name) for code in CARRIERS for name in recorded(code, "sending")]
HEARING = [(code, name) for code in CARRIERS for name in recorded(code, "hearing")]
BELIEVED = [(code, name) for code, name in HEARING if "refused" not in recorded(code, "hearing")[name]]

# What became of a text stays unknown: how these would tell it is published nowhere.
SAY_NOTHING = {"envoisms"}

NONSENSE = [
    Notice(body=b"", fields={}),
    Notice(body=b"\xff\xfe\x00", fields={"\x00": "\x00"}),
    Notice(body=b"{}", fields={"from": "", "text": "", "id": ""}),
]


def text_of(words: str, key: str = "order-placed:91") -> OutgoingText:
    return OutgoingText(key=key, to="+212612345678", text=words, encoding=encoding_of(words), parts=tuple(split(words)))


@pytest.fixture
def machine(monkeypatch) -> PlayedMachine:
    played = PlayedMachine()
    monkeypatch.setattr(asking, "_client", played.client)
    return played


@pytest.fixture
def called(settings, machine):
    """The gateway of a code, set up as recorded."""

    def call(code: str):
        for name, value in recorded(code, "settings").items():
            setattr(settings, name, value)
        return gateway_called(code)

    return call


@pytest.fixture(params=CODES)
def gateway(request, called):
    return called(request.param)


def outcome_of(gateway, text: OutgoingText) -> str:
    try:
        sent = gateway.send(text)
    except TextNotSent as refusal:
        return ("refused for good" if refusal.permanent else "refused for now") if str(refusal) else "refused without a word"
    except TextInDoubt as doubt:
        return "in doubt" if str(doubt) else "in doubt without a word"
    return "sent" if sent.reference else "sent without a reference"


def test_its_code_is_the_name_of_its_file(gateway):
    assert type(gateway).__module__ == f"twiza.adapters.sms.{gateway.code}"


def test_it_says_at_which_pace_it_may_be_used(gateway):
    assert gateway.pace is None or (isinstance(gateway.pace, Pace) and gateway.pace.parts > 0 and gateway.pace.seconds > 0)


def test_what_it_needs_are_settings_that_were_recorded(gateway):
    assert set(gateway.needs) <= set(recorded(gateway.code, "settings"))
    assert bool(gateway.needs) is (gateway.code != SIMULATOR)


@pytest.mark.parametrize("notice", NONSENSE)
def test_a_notice_it_cannot_read_is_refused_in_words(gateway, notice):
    for read in (gateway.read_inbound, gateway.read_receipt):
        with pytest.raises(NoticeRefused) as refusal:
            read(notice)
        assert str(refusal.value)


def test_the_shelf_is_not_empty():
    assert "simulator" in CODES


def test_the_simulator_takes_everything():
    assert isinstance(gateway_called(SIMULATOR).send(text_of("1 €")), Sent)


@pytest.mark.parametrize("code", CARRIERS)
def test_what_its_carrier_answers_and_tells_is_recorded(code):
    outcomes = {case["outcome"] for case in recorded(code, "sending").values()}

    assert {"sent", "refused for good", "refused for now", "in doubt"} <= outcomes
    assert any("refused" in told for told in recorded(code, "hearing").values())
    assert any("receipt" in told for told in recorded(code, "hearing").values()) is (code not in SAY_NOTHING)


@pytest.mark.parametrize(("code", "name"), SENDING)
def test_each_recorded_answer_is_understood(called, machine, code, name):
    case = recorded(code, "sending")[name]
    machine.answers = list(case["answers"])

    words = case.get("words", "Commande 1523 : 2 x miel. OUI 1523 ?") * case.get("times", 1)

    assert outcome_of(called(code), text_of(words)) == case["outcome"]
    assert machine.answers == []


@pytest.mark.parametrize(("code", "name"), [(code, name) for code, name in SENDING if "asked" in recorded(code, "sending")[name]])
@pytest.mark.parametrize("words", ["Commande 1523 : 2 x miel & thé à 40 €. OUI 1523 ?", "تم قبول الطلب 1523"])
def test_the_carrier_is_asked_in_its_own_words(called, machine, code, name, words):
    case = recorded(code, "sending")[name]
    machine.answers = list(case["answers"])

    sent = called(code).send(text_of(words))

    for wanted, asked in zip(case["asked"], machine.asked, strict=True):
        meant = json.loads(
            json.dumps(wanted).replace("REFERENCE", sent.reference).replace('"TEXT"', json.dumps(words)).replace(
                "CODING", "2" if encoding_of(words) == "ucs2" else "0"
            )
        )  # fmt: skip
        said = {
            "method": asked.method,
            "url": str(asked.url),
            "authorization": asked.headers.get("Authorization", ""),
            "json": json.loads(asked.content) if asked.headers.get("Content-Type") == "application/json" else None,
            "body": asked.content.decode(),
            "form": dict(parse_qsl(asked.content.decode())),
            "headers": {word: asked.headers.get(word) for word in meant.get("headers", {})},
        }
        assert {word: said[word] for word in meant} == meant


@pytest.mark.parametrize("code", CARRIERS)
def test_the_same_text_asked_for_twice_has_the_same_reference(called, machine, code):
    taken = recorded(code, "sending")["taken"]["answers"]
    machine.answers = [*taken, *taken]
    gateway = called(code)

    assert gateway.send(text_of("1")).reference == gateway.send(text_of("1")).reference


@pytest.mark.parametrize("code", CARRIERS)
def test_who_is_not_there_has_taken_nothing(called, machine, code):
    machine.answers = ["nobody"]

    assert outcome_of(called(code), text_of("1")) == "refused for now"


@pytest.mark.parametrize("code", CARRIERS)
def test_who_falls_silent_leaves_us_in_doubt_with_a_reference(called, machine, code):
    machine.answers = ["silent", "silent"]

    with pytest.raises(TextInDoubt) as doubt:
        called(code).send(text_of("1"))
    assert bool(doubt.value.reference) is (code not in SAY_NOTHING)
    assert len(doubt.value.reference) <= 120


@pytest.mark.parametrize("code", CARRIERS)
def test_without_its_settings_nothing_is_asked_and_nothing_believed(called, machine, settings, code):
    gateway = called(code)
    for name, value in recorded(code, "settings").items():
        setattr(settings, name, type(value)())

    assert outcome_of(gateway, text_of("1")) == "refused for now"
    assert machine.asked == []
    for told in recorded(code, "hearing").values():
        for read in (gateway.read_inbound, gateway.read_receipt):
            with pytest.raises(NoticeRefused):
                read(notice_of(told))


@pytest.mark.parametrize("code", CARRIERS)
def test_it_never_goes_out_inside_a_transaction(called, machine, monkeypatch, code):
    monkeypatch.setattr(transaction.get_connection(), "in_atomic_block", True)

    with pytest.raises(NetworkInsideTransaction):
        called(code).send(text_of("1"))
    assert machine.asked == []


@pytest.mark.parametrize(("code", "name"), SENDING)
def test_its_secrets_stand_in_no_log_and_in_no_refusal(called, machine, caplog, code, name):
    caplog.set_level(logging.DEBUG)
    machine.answers = list(recorded(code, "sending")[name]["answers"]) or ["nobody"]
    said = ""
    try:
        called(code).send(text_of("1"))
    except (TextNotSent, TextInDoubt) as refusal:
        said = str(refusal)

    secrets = {str(value) for word, value in recorded(code, "settings").items() if word.endswith(SECRET) and value}
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith(("httpx", "httpcore"))]
    assert secrets
    assert [secret for secret in secrets if secret in said or any(secret in line for line in ours)] == []


SECRET = ("PASSWORD", "TOKEN", "KEY", "SECRET")


@pytest.mark.parametrize(("code", "name"), HEARING)
def test_each_recorded_notice_is_read(called, code, name):
    told = recorded(code, "hearing")[name]
    gateway, notice = called(code), notice_of(told)
    with time_machine.travel(datetime.fromisoformat(told["at"]), tick=False):
        if "refused" in told:
            for read in (gateway.read_inbound, gateway.read_receipt):
                with pytest.raises(NoticeRefused, match=told["refused"]):
                    read(notice)
            return
        kind = "inbound" if "inbound" in told else "receipt"
        heard = dataclasses.asdict(gateway.read_inbound(notice) if kind == "inbound" else gateway.read_receipt(notice))

    as_told = {word: value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value for word, value in heard.items()}
    assert {word: as_told[word] for word in told[kind]} == told[kind]


@pytest.mark.parametrize(("code", "name"), BELIEVED)
def test_a_notice_with_one_sign_changed_is_not_believed(called, code, name):
    told = recorded(code, "hearing")[name]
    gateway, notice = called(code), notice_of(told)
    read = gateway.read_inbound if "inbound" in told else gateway.read_receipt
    unsigned = {word: value for word, value in notice.headers.items() if "signature" not in word.lower()}
    with time_machine.travel(datetime.fromisoformat(told["at"]), tick=False):
        read(notice)
        for forged in _forged(notice, unsigned):
            with pytest.raises(NoticeRefused):
                read(forged)


def _forged(notice: Notice, unsigned: dict[str, str]) -> list[Notice]:
    if notice.secret:
        return [dataclasses.replace(notice, secret=secret) for secret in ("", "other", "é", notice.secret.upper())]
    return [
        dataclasses.replace(notice, body=notice.body + b" "),
        dataclasses.replace(notice, headers=unsigned),
        dataclasses.replace(notice, headers={**unsigned, "X-Signature": "é"}),
    ]
