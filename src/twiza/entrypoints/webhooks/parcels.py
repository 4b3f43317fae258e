"""What became of parcels, as their carriers post it. The code of the carrier is in the address.

204: heard, also when it was heard before or is about something else. 400: not from the carrier or not readable, nothing kept.
404: no such carrier, or no parcel of ours. 413: too long. 429: too many. 503: our database is away; the carrier tries again.
"""

from __future__ import annotations

from allauth.core import ratelimit
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from twiza.domain.delivery.carrier import CarrierNotice, NoticeNotTrusted
from twiza.domain.orders.errors import NoSuchParcel
from twiza.domain.orders.selectors.errands import carrier_told_by
from twiza.domain.orders.services import hear_from_carrier
from twiza.entrypoints.webhooks.texts import announced_bytes, line
from twiza.foundation.audit.services import acting_through
from twiza.kit.errors import NotFound

LONGEST_NOTICE_BYTES = 32_000


@csrf_exempt
@require_POST
def news(request: HttpRequest, code: str) -> HttpResponse:
    """Told twice, late or in any order, a parcel moves only forward."""
    if announced_bytes(request) > LONGEST_NOTICE_BYTES or len(request.body) > LONGEST_NOTICE_BYTES:
        return line("This notice is too long.", 413)
    if not ratelimit.consume(request, action="carrier_notice"):
        return line("Too many notices. Please wait a minute.", 429)
    try:
        return _heard(request, code)
    except NoticeNotTrusted as refusal:
        return line(str(refusal), 400)
    except (NotFound, NoSuchParcel):
        return line("No such carrier, or no parcel of ours.", 404)
    except (OperationalError, InterfaceError):
        return line("Our database is away. Nothing was kept: please try again.", 503)


def _heard(request: HttpRequest, code: str) -> HttpResponse:
    headers = {name.lower(): value for name, value in request.headers.items()}
    told = carrier_told_by(code).read_notice(CarrierNotice(request.body, headers))
    if told is not None:
        with acting_through("system"):
            hear_from_carrier(code, told)
    return HttpResponse(status=204)
