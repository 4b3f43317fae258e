"""The second lock: whom it is asked of, how its secret is kept, and the guard before the rooms of staff."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from typing import Any

import qrcode
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.utils import is_mfa_enabled
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from qrcode.image.svg import SvgPathFillImage

STAFF_ONLY = "admin"
ROOMS_OF_STAFF = {STAFF_ONLY, "workspace"}
# Of staff, adding a key to the house asks for the password first: a stolen telephone number must not be enough to add one.
KEY_MAKING = {"mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes", "account_contact", "account_contact_code"}
SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


class SecondFactorAdapter(DefaultMFAAdapter):
    """The secrets of authenticator applications lie encrypted under SECRET_KEY."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url: str) -> str:
        """The picture an application reads, black on white whatever the colours of the page."""
        drawn = BytesIO()
        qrcode.make(url, image_factory=SvgPathFillImage).save(drawn)
        return drawn.getvalue().decode()


class SecondFactorStage(AuthenticateStage):
    """Asked of staff, and of whoever set up an authenticator. Another person's passkey is a second door, not a second lock."""

    def _should_handle(self, request: HttpRequest) -> bool:
        person = self.login.user
        if person and not person.is_staff and not is_mfa_enabled(person, [Authenticator.Type.TOTP]):
            return False
        return super()._should_handle(request)


class StaffGuard:
    """Middleware: staff enter the rooms of staff with a password and a second factor, or with a passkey. Nobody else does."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        place = request.resolver_match
        if place is None:
            return None
        if place.url_name in KEY_MAKING and getattr(request.user, "is_staff", False):
            return None if _proved(request)["password"] else _ask_password(request)
        if place.namespace in ROOMS_OF_STAFF:
            return _guard(request, staff_only=place.namespace == STAFF_ONLY)
        return None


def _guard(request: HttpRequest, *, staff_only: bool) -> HttpResponse | None:
    """What stands between this person and the room; None when nothing does."""
    person: Any = request.user
    if not person.is_authenticated:
        return _lead(request, "account_staff_login") if staff_only else None
    if not person.is_staff:
        if staff_only:
            raise PermissionDenied
        return None
    return _missing_proof(request)


def _missing_proof(request: HttpRequest) -> HttpResponse | None:
    proved = _proved(request)
    if proved["passkey"]:
        return None
    if not proved["password"]:
        return _ask_password(request)
    if not is_mfa_enabled(request.user, SECOND_FACTORS):
        messages.warning(request, _("Staff need a second factor. Please set one up first."))
        return HttpResponseRedirect(reverse("mfa_index"))
    return None if proved["second"] else _lead(request, "mfa_reauthenticate")


def _ask_password(request: HttpRequest) -> HttpResponse:
    person: Any = request.user
    if not person.has_usable_password():
        return render(request, "account/staff_refused.html", status=403)
    return _lead(request, "account_reauthenticate")


def _proved(request: HttpRequest) -> dict[str, bool]:
    """What this session has shown so far."""
    records = get_authentication_records(request, request.user)
    return {
        "password": any(record["method"] == "password" for record in records),
        "second": any(record["method"] == "mfa" for record in records),
        "passkey": any(record.get("passwordless") for record in records),
    }


def _lead(request: HttpRequest, name: str) -> HttpResponse:
    """To that page, and back here afterwards when this was only a look."""
    back = request.get_full_path() if request.method == "GET" else reverse("admin:index")
    return HttpResponseRedirect(f"{reverse(name)}?{urlencode({'next': back})}")


def _cipher() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(urlsafe_b64encode(sha256(b"second factor:" + force_bytes(key)).digest())) for key in keys])
