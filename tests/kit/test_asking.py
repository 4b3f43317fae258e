"""After a question one knows whether it may have been heard."""

import httpx
import pytest

from twiza.kit import asking
from twiza.kit.asking import MOST_BYTES, NoAnswer, NotReached, ask


def played_by(monkeypatch, answer):
    monkeypatch.setattr(asking, "_client", lambda: httpx.Client(transport=httpx.MockTransport(answer)))


@pytest.mark.parametrize("trouble", [httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError])
def test_who_is_not_there_heard_nothing(monkeypatch, trouble):
    def away(request):
        raise trouble("no", request=request)

    played_by(monkeypatch, away)

    with pytest.raises(NotReached, match=trouble.__name__):
        ask("POST", "http://far.example/?password=hidden")


@pytest.mark.parametrize("url", ["", "far.example/", "ftp://far.example/", "http://[far/"])
def test_an_address_that_is_none_reaches_nobody(url):
    with pytest.raises(NotReached):
        ask("GET", url)


@pytest.mark.parametrize("trouble", [httpx.ReadTimeout, httpx.WriteError, httpx.RemoteProtocolError, httpx.ReadError])
def test_who_falls_silent_may_have_heard(monkeypatch, trouble):
    def silent(request):
        raise trouble("no", request=request)

    played_by(monkeypatch, silent)

    with pytest.raises(NoAnswer, match=trouble.__name__):
        ask("POST", "http://far.example/")


def test_no_more_is_read_than_an_answer_needs(monkeypatch):
    played_by(monkeypatch, lambda request: httpx.Response(200, content=b"x" * (MOST_BYTES * 3)))

    assert len(ask("GET", "http://far.example/").body) == MOST_BYTES


def test_a_redirect_is_an_answer_and_not_followed():
    assert asking._client().follow_redirects is False


@pytest.mark.parametrize("body", [b"", b"[]", b"\xff", b'"x"', b"[" * 100_000])
def test_what_is_no_object_says_nothing(body):
    assert asking.Answer(200, body).as_object() == {}
