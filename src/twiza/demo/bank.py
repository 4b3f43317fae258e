"""A bank of the demonstration: it reads our form, asks for a card that does not exist, signs its answer and posts it to us.

It speaks as the real one does (`adapters/payments/cmi.py`) and is reachable in a demonstration only. No money moves anywhere.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable, Mapping
from functools import wraps
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from twiza.adapters.payments.cmi import hash_of
from twiza.kit.network import forbid_inside_transaction

ACCEPTED, REFUSED = "4000000000000010", "5191630100004896"
ANSWERS = {
    True: {"ProcReturnCode": "00", "Response": "Approved", "ErrMsg": ""},
    False: {"ProcReturnCode": "51", "Response": "Declined", "ErrMsg": "Provision insuffisante"},
}
OURS = {"card", "does", "csrfmiddlewaretoken"}
PATIENCE_SECONDS = 10

View = Callable[[HttpRequest], HttpResponse]


def _only_in_demonstration(view: View) -> View:
    @csrf_exempt
    @never_cache
    @require_POST
    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if not settings.DEMO or "cmi" not in settings.PAYMENT_PROVIDERS:
            raise Http404
        with override({"ar": "ar", "en": "en"}.get(request.POST.get("lang", ""), "fr")):
            return view(request)

    return guarded


@_only_in_demonstration
def show_bank(request: HttpRequest) -> HttpResponse:
    """What is to be paid, and where a card's number is written."""
    fields = _signed_fields(request)
    return _page(request, fields) if fields else _unsigned(request)


@_only_in_demonstration
def answer(request: HttpRequest) -> HttpResponse:
    """The card is accepted or refused; the shop is told before the browser goes back."""
    fields = _signed_fields(request)
    if not fields:
        return _unsigned(request)
    card = "".join(request.POST.get("card", "").split())
    if card not in {ACCEPTED, REFUSED}:
        return _page(request, fields, _("This is not one of the cards of the demonstration."), status=400)
    reply = tell_shop(fields["CallbackURL"], notice_about(fields, card))
    is_paid = card == ACCEPTED and reply == "ACTION=POSTAUTH"
    context = {"fields": fields, "is_paid": is_paid, "back_url": fields["okUrl" if is_paid else "failUrl"], "reply": reply}
    return render(request, "demo/bank_answer.html", context)


def notice_about(fields: Mapping[str, str], card: str) -> dict[str, str]:
    """What the bank says of it, signed."""
    said = {
        **{name: value for name, value in fields.items() if name != "HASH"},
        **ANSWERS[card == ACCEPTED],
        "TransId": f"DEMO-{secrets.token_hex(6)}",
        "AuthCode": f"{secrets.randbelow(10**6):06d}",
        "mdStatus": "1",
        "maskedCreditCard": f"{card[:4]} {card[4:6]}** **** {card[-4:]}",
    }
    return {**said, "HASH": hash_of(said, settings.CMI_STORE_KEY, is_callback=True)}


def tell_shop(url: str, said: Mapping[str, str]) -> str:
    """Posts it, as the bank's server does; the word that the shop answered, nothing when it did not."""
    forbid_inside_transaction()
    if not url.startswith(f"{settings.SITE_URL}/"):
        return ""
    try:
        with urlopen(Request(url, urlencode(said).encode()), timeout=PATIENCE_SECONDS) as reply:  # noqa: S310 -- our own address
            return str(reply.read(200).decode())
    except URLError:
        return ""


def _signed_fields(request: HttpRequest) -> dict[str, str]:
    """The shop's fields, nothing when the shop did not sign them."""
    fields = {name: str(value) for name, value in request.POST.items() if name not in OURS}
    signed = hash_of(fields, settings.CMI_STORE_KEY)
    return fields if hmac.compare_digest(signed.encode(), fields.get("HASH", "").encode()) else {}


def _page(request: HttpRequest, fields: Mapping[str, str], refused: str = "", status: int = 200) -> HttpResponse:
    context = {"fields": fields, "cards": (ACCEPTED, REFUSED), "refused": refused}
    return render(request, "demo/bank.html", context, status=status)


def _unsigned(request: HttpRequest) -> HttpResponse:
    return render(request, "demo/bank_answer.html", {"is_unsigned": True}, status=400)
