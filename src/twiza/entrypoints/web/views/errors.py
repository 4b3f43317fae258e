"""What people see when something of ours broke."""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template

TRY_AGAIN_SECONDS = 30


def something_broke(request: HttpRequest) -> HttpResponse:
    """503 when the database is gone: it comes back, and what was being done was in a transaction, which it takes back.

    500 for everything else. Neither page asks anybody anything: they need no database and no session.
    """
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        page = get_template("503.html").render()
        return HttpResponse(page, status=503, headers={"Retry-After": str(TRY_AGAIN_SECONDS), "Cache-Control": "no-store"})
    return HttpResponse(get_template("500.html").render(), status=500)
