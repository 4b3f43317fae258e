"""Every file in adapters/hosts keeps the port's promises; the one that goes out goes nowhere it should not."""

from __future__ import annotations

import socket
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

import twiza.adapters.hosts
from tests.kit.test_host_names import INSIDE
from twiza.adapters.hosts import plain_http, this_machine
from twiza.domain.storefronts.envoy import MOST_BYTES, CannotLook, NobodyAnswers, NobodyKnowsIt, NotPublic, our_word
from twiza.kit.loading import load_class
from twiza.kit.network import NetworkInsideTransaction

CODES = sorted(path.stem for path in Path(twiza.adapters.hosts.__file__).parent.glob("*.py") if path.stem != "__init__")
PATH = "/.well-known/twiza-0123"
HOST = "boutique.example.ma"


@pytest.fixture(params=CODES)
def envoy(request):
    return load_class("twiza.adapters.hosts", request.param, "Envoy")()


@pytest.fixture
def leads(monkeypatch):
    """Where names lead, and that nobody is called who was not looked at."""

    def to(*addresses: str) -> None:
        monkeypatch.setattr(plain_http.socket, "getaddrinfo", lambda *_a, **_k: [(0, 0, 0, "", (one, 0)) for one in addresses])

    monkeypatch.setattr(plain_http.socket, "create_connection", lambda *_a, **_k: pytest.fail("somebody was called"))
    return to


@pytest.fixture
def at_home(monkeypatch):
    """Our own machine counts as everybody's here, on the port where a test listens."""
    monkeypatch.setattr(plain_http, "is_everybodys", lambda _address: True)
    monkeypatch.setattr(plain_http, "addresses_of", lambda _host: ["127.0.0.1"])


@contextmanager
def listening(*pieces: bytes):
    """A far machine: what it hears is kept, and it says these pieces."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            line, _where = server.accept()
            with line:
                heard.append(line.recv(4096))
                for piece in pieces:
                    line.sendall(piece)

        there = Thread(target=answer, daemon=True)
        there.start()
        going = plain_http.Envoy()
        going.port = server.getsockname()[1]
        yield going, heard
        there.join(5)


def test_its_code_is_the_name_of_its_file_and_its_hint_is_words(envoy):
    assert type(envoy).__module__ == f"twiza.adapters.hosts.{envoy.code}"
    assert isinstance(str(envoy.hint), str)


@pytest.mark.django_db
def test_nobody_goes_out_inside_a_transaction():
    with transaction.atomic(), pytest.raises(NetworkInsideTransaction):
        plain_http.Envoy().ask(HOST, PATH)


@given(st.sampled_from(INSIDE).flatmap(lambda net: st.integers(0, net.num_addresses - 1).map(lambda n: str(net[n]))))
def test_a_name_that_leads_inside_is_never_called(address):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(plain_http, "forbid_inside_transaction", lambda: None)
        patched.setattr(plain_http.socket, "create_connection", lambda *_a, **_k: pytest.fail("somebody was called"))
        for beside in ([], ["196.200.131.5"]):
            patched.setattr(plain_http, "addresses_of", lambda _host, all_of=(*beside, address): list(all_of))
            with pytest.raises(NotPublic):
                plain_http.Envoy().ask(HOST, PATH)


@pytest.fixture
def free(monkeypatch):
    """No transaction is open."""
    monkeypatch.setattr(plain_http, "forbid_inside_transaction", lambda: None)


def test_the_address_that_was_looked_at_is_the_one_that_is_called(leads, free, monkeypatch):
    leads("196.200.131.5", "196.200.131.5")
    called = []

    def call(where, timeout):
        called.append((where, 0 < timeout <= 5))
        raise ConnectionRefusedError

    monkeypatch.setattr(plain_http.socket, "create_connection", call)
    with pytest.raises(NobodyAnswers):
        plain_http.Envoy().ask(HOST, PATH)
    assert called == [(("196.200.131.5", 80), True)]


@pytest.mark.parametrize(
    ("trouble", "refusal"),
    [
        (socket.gaierror(socket.EAI_NONAME, ""), NobodyKnowsIt),
        (socket.gaierror(socket.EAI_AGAIN, ""), CannotLook),
        (OSError(), CannotLook),
    ],
)
def test_a_name_that_is_not_known_differs_from_a_resolver_in_trouble(free, monkeypatch, trouble, refusal):
    def fail(*_a, **_k):
        raise trouble

    monkeypatch.setattr(plain_http.socket, "getaddrinfo", fail)
    with pytest.raises(refusal):
        plain_http.Envoy().ask(HOST, PATH)


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ([b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nword\n"], b"word\n"),
        ([b"HTTP/1.0 200 OK\r\n\r", b"\nwo", b"rd"], b"word"),
        ([b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 5000], b"x" * MOST_BYTES),
        ([b"HTTP/1.1 301 Moved\r\nLocation: http://127.0.0.1/\r\n\r\nword"], b""),
        ([b"HTTP/1.1 404 Not Found\r\n\r\nword"], b""),
        ([b"HTTP/1.1 2000\r\n\r\nword"], b""),
        ([b"x" * 20_000], b""),
        ([b""], b""),
    ],
)
def test_a_page_is_read_for_its_first_bytes_and_nobody_is_followed(at_home, free, said, heard):
    with listening(*said) as (going, asked):
        assert going.ask(HOST, PATH) == heard
    assert asked[0].startswith(f"GET {PATH} HTTP/1.0\r\nHost: {HOST}\r\n".encode())


def test_whoever_keeps_silent_is_left(at_home, free, monkeypatch):
    monkeypatch.setattr(plain_http, "PATIENCE_SECONDS", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        going = plain_http.Envoy()
        going.port = silent.getsockname()[1]
        with pytest.raises(NobodyAnswers):
            going.ask(HOST, PATH)


def test_in_a_demonstration_names_of_this_machine_lead_here():
    assert this_machine.Envoy().ask("boutique.localhost", PATH).decode() == our_word("boutique.localhost", PATH)
    with pytest.raises(NobodyKnowsIt):
        this_machine.Envoy().ask(HOST, PATH)
