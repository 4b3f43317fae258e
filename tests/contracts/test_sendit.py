"""A carrier that is spoken with over HTTPS, played by this machine from what it answers in truth."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from twiza.adapters.delivery import sendit
from twiza.domain.delivery.carrier import (
    Booked,
    CarrierAway,
    CarrierDeclines,
    CarrierNotice,
    CarrierUnsure,
    NoticeNotTrusted,
    ParcelToFetch,
)
from twiza.domain.orders.models import ParcelNews
from twiza.kit.network import NetworkInsideTransaction

HERE = Path(__file__).parent / "recordings" / "sendit"
SECRET = "the-secret-of-the-shop"
PARCEL = ParcelToFetch(
    "TWIZA-7", "Taliouine", "Salma", "+212683005001", "Casablanca", "Maârif", 900, 7800, False, "2 x Safran", "sonnez"
)


def recorded(name: str) -> bytes:
    return (HERE / f"{name}.json").read_bytes()


@dataclass
class Played:
    """`answers` by the beginning of method and path, each used up but the last; a number is a status without words."""

    port: int = 0
    answers: dict[str, list[tuple[int, bytes] | str]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, object], str]] = field(default_factory=list)


class Handler(BaseHTTPRequestHandler):
    host: Played

    def act(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        said = f"{self.command} {self.path}"
        self.host.asked.append((said, json.loads(body) if body else {}, self.headers.get("Authorization", "")))
        waiting = next(found for name, found in self.host.answers.items() if said.startswith(name))
        answer = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        if isinstance(answer, str):
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        self.send_response(answer[0])
        self.send_header("Content-Length", str(len(answer[1])))
        self.end_headers()
        self.wfile.write(answer[1])

    do_GET = do_POST = act  # noqa: N815 -- the names are the library's

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def host(settings) -> Iterator[Played]:
    played = Played()
    played.answers = {
        "POST /login": [(200, recorded("login"))],
        "GET /districts?page=1&querystring=Taliouine": [(200, recorded("districts_taliouine"))],
        "GET /districts?page=1&querystring=Casablanca": [(200, recorded("districts_casablanca"))],
        "POST /deliveries": [(201, recorded("booked"))],
        "GET /deliveries?": [(200, recorded("listed"))],
        "GET /deliveries/DH482113CA": [(200, recorded("looked"))],
    }
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Here", (Handler,), {"host": played}))
    played.port = server.server_address[1]
    Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    settings.SENDIT_URL = f"http://127.0.0.1:{played.port}"
    settings.SENDIT_PUBLIC_KEY, settings.SENDIT_SECRET_KEY, settings.SENDIT_WEBHOOK_SECRET = "public", SECRET, "signs"
    yield played
    server.shutdown()
    server.server_close()


def posted(host: Played, path: str = "POST /deliveries") -> list[dict[str, object]]:
    return [body for said, body, _token in host.asked if said == path]


def test_a_parcel_is_asked_for_with_everything_and_under_our_reference(host):
    booked = sendit.Carrier().book(PARCEL)

    assert booked == Booked("DH482113CA", "https://app.sendit.ma/label/DH482113CA", 4500)
    (said,) = posted(host)
    assert (said["pickup_district_id"], said["district_id"], said["amount"]) == (512, 52, 78)
    assert (said["reference"], said["phone"], said["allow_open"]) == ("TWIZA-7", "0683005001", 0)
    assert {token for said, _body, token in host.asked if "/login" not in said} == {"Bearer 4|a-token-of-an-afternoon"}


def test_a_token_that_ran_out_is_asked_for_once_more(host):
    host.answers["POST /deliveries"] = [(401, b'{"message": "Unauthenticated."}'), (201, recorded("booked"))]

    assert sendit.Carrier().book(PARCEL).code == "DH482113CA"
    assert len(posted(host, "POST /login")) == 2


def test_keys_that_are_wrong_or_missing_take_nothing(host, settings):
    host.answers["POST /login"] = [(401, b'{"success": false}')]
    with pytest.raises(CarrierAway) as trouble:
        sendit.Carrier().book(PARCEL)
    assert trouble.value.code == "credentials"

    host.answers["POST /login"] = [(200, recorded("login"))]
    host.answers["POST /deliveries"] = [(401, b"")]
    with pytest.raises(CarrierAway) as trouble:
        sendit.Carrier().book(PARCEL)
    assert trouble.value.code == "credentials"

    settings.SENDIT_SECRET_KEY, before = "", len(host.asked)
    with pytest.raises(CarrierAway):
        sendit.Carrier().look("DH482113CA")
    assert len(host.asked) == before


@pytest.mark.parametrize(
    ("answer", "trouble", "code"),
    [
        ("hangs up", CarrierUnsure, "no_answer"),
        ((500, b"<html>"), CarrierUnsure, "unreadable"),
        ((200, b"<html>"), CarrierUnsure, "unreadable"),
        ((200, b'{"success": true, "data": {}}'), CarrierUnsure, "unreadable"),
        ((302, b""), CarrierUnsure, "unreadable"),
        ((429, b""), CarrierAway, "busy"),
        ((422, recorded("declined")), CarrierDeclines, "declined"),
        ((200, recorded("declined")), CarrierDeclines, "declined"),
    ],
)
def test_each_trouble_says_whether_it_may_have_the_parcel(host, answer, trouble, code):
    host.answers["POST /deliveries"] = [answer]

    with pytest.raises(trouble) as found:
        sendit.Carrier().book(PARCEL)

    assert found.value.code == code
    assert found.value.said == ("Le numéro de téléphone n'est pas valide." if code == "declined" else "")


def test_an_answer_that_comes_too_late_leaves_us_unsure(host, monkeypatch):
    carrier = sendit.Carrier()
    go = carrier._open

    def slow(request, timeout):
        if request.full_url.endswith("/deliveries"):
            raise TimeoutError
        return go(request, timeout=timeout)

    monkeypatch.setattr(carrier, "_open", slow)
    with pytest.raises(CarrierUnsure):
        carrier.book(PARCEL)


def test_a_host_that_is_not_there_took_nothing(host, settings):
    settings.SENDIT_URL = "http://127.0.0.1:9"
    with pytest.raises(CarrierAway):
        sendit.Carrier().book(PARCEL)


def test_a_parcel_it_has_already_is_found_by_our_reference_and_no_other(host):
    found = sendit.Carrier().find("TWIZA-7")

    assert found == Booked("DH482113CA", "https://app.sendit.ma/label/DH482113CA", 4500)
    assert sendit.Carrier().find("TWIZA-71") is None


@pytest.mark.parametrize(
    ("changed", "code"),
    [({"collect_centimes": 7850}, "not_whole_dirhams"), ({"collect_centimes": 500_100}, "too_much_cash")],
)
def test_money_it_cannot_collect_is_declined_before_anything_is_asked(host, changed, code):
    with pytest.raises(CarrierDeclines) as trouble:
        sendit.Carrier().book(ParcelToFetch(**{**vars(PARCEL), **changed}))
    assert (trouble.value.code, host.asked) == (code, [])


def test_a_place_it_does_not_have_is_for_a_person(host):
    host.answers["GET /districts?page=1&querystring=Casablanca"] = [(200, recorded("districts_taliouine"))]
    with pytest.raises(CarrierDeclines) as trouble:
        sendit.Carrier().book(PARCEL)
    assert (trouble.value.code, trouble.value.said) == ("place_unknown", "Casablanca")
    assert posted(host) == []


def test_what_became_of_a_parcel_is_read_in_moroccan_time(host):
    told = sendit.Carrier().look("DH482113CA")

    assert (told.status, told.is_known, told.what, told.reason) == ("DELIVERED", True, "delivered", "")
    assert told.at == datetime(2026, 11, 22, 15, 5, tzinfo=UTC)


def notice(body: bytes, secret: str = "signs", header: str = "x-sendit-signature") -> CarrierNotice:
    return CarrierNotice(body, {header: hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()})


def test_a_signed_notice_is_read(host):
    told = sendit.Carrier().read_notice(notice(recorded("notice")))

    assert told is not None
    assert (told.code, told.status, told.what, told.reason, told.note) == (
        "DH482113CA", "UNREACHABLE", "missed", "no_answer", "Injoignable",
    )  # fmt: skip
    assert told.at == datetime(2026, 11, 22, 15, 40, tzinfo=UTC)
    assert sendit.Carrier().read_notice(notice(b'{"event": "pickup.created"}')) is None


def test_a_word_it_never_said_before_is_kept_and_moves_nothing(host):
    body = json.dumps({"event": "delivery.status.update", "code": "DH1", "newStatus": "Teleported", "lastActionAt": "soon"})
    told = sendit.Carrier().read_notice(notice(body.encode()))

    assert told is not None
    assert (told.status, told.is_known, told.what, told.at) == ("Teleported", False, "", None)


def test_a_notice_of_somebody_else_is_not_believed(host, settings):
    body, carrier = recorded("notice"), sendit.Carrier()
    wrong = [
        notice(body, "guessed"),
        notice(body, header="x-other"),
        CarrierNotice(body + b" ", notice(body).headers),
        CarrierNotice(body, {"x-sendit-signature": "é"}),
        notice(b"not json"),
        notice(b"[]"),
        notice(b'{"event": "delivery.status.update", "code": 7, "newStatus": "X"}'),
    ]
    for one in wrong:
        with pytest.raises(NoticeNotTrusted):
            carrier.read_notice(one)

    settings.SENDIT_WEBHOOK_SECRET = ""
    with pytest.raises(NoticeNotTrusted):
        carrier.read_notice(notice(body, ""))


def test_every_word_of_its_table_is_one_of_ours():
    whats, reasons = {"", *ParcelNews.What.values}, {"", *ParcelNews.Reason.values}

    assert {what for what, _reason in sendit.STATUSES.values()} <= whats - {"returned"}
    assert {reason for _what, reason in sendit.STATUSES.values()} <= reasons
    assert all(reason for what, reason in sendit.STATUSES.values() if what in {"missed", "refused"})


def test_no_key_and_no_telephone_is_ever_written_to_a_log(host, caplog):
    caplog.set_level(logging.DEBUG)
    host.answers["POST /deliveries"] = [(500, b"")]
    with pytest.raises(CarrierUnsure) as trouble:
        sendit.Carrier().book(PARCEL)

    written = caplog.text + repr(trouble.value) + repr(trouble.value.__context__)
    assert not [one for one in (SECRET, "a-token", "0683005001", "Salma") if one in written]


@pytest.mark.django_db
def test_nobody_waits_on_it_while_holding_locks(host):
    with pytest.raises(NetworkInsideTransaction):
        sendit.Carrier().look("DH482113CA")
    assert host.asked == []
