"""What banks say of payments, as they post it. The answer is a word that the provider chose, always with status 200.

404: no such way to pay here. 413: too long. 503: our database is away; the bank tries again.
"""

from __future__ import annotations

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from twiza.domain.payments.errors import ProviderNotOffered
from twiza.domain.payments.provider import Notice
from twiza.domain.payments.services import hear_notice

# Some forty short fields.
LONGEST_NOTICE_BYTES = 32_000


@csrf_exempt
@require_POST
def notice(request: HttpRequest, code: str) -> HttpResponse:
    """Signed by the bank and checked by the provider; no browser is asked for."""
    announced = request.META.get("CONTENT_LENGTH") or "0"
    if announced.isdigit() and int(announced) > LONGEST_NOTICE_BYTES:
        return _line("This notice is too long.", 413)
    try:
        body = request.body
        fields = {name: str(value) for name, value in request.POST.items()}
        return _line(hear_notice(code, Notice(body, fields, dict(request.headers))), 200)
    except ProviderNotOffered as refusal:
        return _line(str(refusal), 404)
    except (OperationalError, InterfaceError):
        return _line("Our database is away. Nothing was kept: please try again.", 503)


def _line(words: str, status: int) -> HttpResponse:
    return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")
