"""Texts from people and delivery receipts, as the carriers post them.

204, or 200 to whoever asks by GET: kept, also when it was heard before. 400: not from the carrier or not readable, nothing
kept. 404: no such gateway or no such message. 413: too long. 503: our database is away; the carrier tries again.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from twiza.foundation.messaging.errors import NoSuchGateway, NoSuchMessage
from twiza.foundation.messaging.gateway import Notice, NoticeRefused
from twiza.foundation.messaging.routes import gateway_listening_as
from twiza.foundation.messaging.services import receive_text, record_receipt

# A text of ten parts is under 6 kB; whatever is far above is not a text.
LONGEST_NOTICE_BYTES = 64_000

View = Callable[[HttpRequest, str, str], HttpResponse]


def _answering_carriers(view: View) -> View:
    """Each refusal becomes the status that tells a machine what to do next, with a line for its operator."""

    @csrf_exempt
    @require_http_methods(["POST", "GET"])
    @wraps(view)
    def answer(request: HttpRequest, code: str, secret: str = "") -> HttpResponse:
        if request.method == "GET" and not secret:
            return HttpResponseNotAllowed(["POST"])
        if announced_bytes(request) > LONGEST_NOTICE_BYTES:
            return line("This notice is too long.", 413)
        try:
            return view(request, code, secret)
        except NoticeRefused as refusal:
            return line(str(refusal), 400)
        except (NoSuchGateway, NoSuchMessage) as refusal:
            return line(str(refusal), 404)
        except (OperationalError, InterfaceError):
            return line("Our database is away. Nothing was kept: please try again.", 503)

    return answer


@_answering_carriers
def inbound(request: HttpRequest, code: str, secret: str) -> HttpResponse:
    listening = gateway_listening_as(code)
    text = listening.gateway.read_inbound(_notice(request, secret))
    receive_text(
        gateway=listening.name,
        gateway_id=text.id,
        sender=text.sender,
        text=text.text,
        received_at=text.received_at,
        doubles_within_seconds=text.doubles_within_seconds,
    )
    return _kept(request)


@_answering_carriers
def receipt(request: HttpRequest, code: str, secret: str) -> HttpResponse:
    listening = gateway_listening_as(code)
    said = listening.gateway.read_receipt(_notice(request, secret))
    record_receipt(gateway=listening.name, reference=said.reference, state=said.state, at=said.at, raw=said.raw)
    return _kept(request)


def announced_bytes(request: HttpRequest) -> int:
    """How long the body says it is; 0 when it does not say."""
    announced = request.META.get("CONTENT_LENGTH") or "0"
    return int(announced) if announced.isdigit() else 0


def _kept(request: HttpRequest) -> HttpResponse:
    """Kannel, who asks by GET, takes nothing but 200 and 202 for an answer, and would tell it again for a day."""
    return HttpResponse(status=200 if request.method == "GET" else 204, content_type="text/plain; charset=utf-8")


def _notice(request: HttpRequest, secret: str) -> Notice:
    body = request.body
    fields = {name: str(value) for name, value in {**request.GET.dict(), **request.POST.dict()}.items()}
    return Notice(body=body, fields=fields, headers=dict(request.headers), secret=secret)


def line(sentence: str, status: int) -> HttpResponse:
    """A refusal for the operator of a machine."""
    return HttpResponse(f"{sentence}\n", status=status, content_type="text/plain; charset=utf-8")
