"""One's account, and its keys: passkeys, authenticator application, recovery codes."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from twiza.domain.directory.selectors.people import organisations_of
from twiza.entrypoints.web.views.account import OurFrame
from twiza.kit.phone import shown_phone


@never_cache
@login_required
def show_account(request: HttpRequest) -> HttpResponse:
    """Name, phone, e-mail, and the ways to sign in."""
    person: Any = request.user
    facts = {
        "person": person,
        "phone": shown_phone(person.phone) if person.phone else "",
        "speaks_for_some": organisations_of(person).exists(),
    }
    return render(request, "account/account.html", facts)


class Authenticate(OurFrame, AuthenticateView):
    """The second factor, asked while signing in."""


class AddApplication(ActivateTOTPView):
    """The code that sets the application up also proves that it is at hand: it is not asked again at once."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type="totp")
        return response


class AddPasskey(AddWebAuthnView):
    """A new passkey, and this session has shown it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["js_data"] = {"creation_options": auth.begin_registration(self.request.user, passwordless=True)}
        return context

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type="webauthn")
        return response


authenticate = Authenticate.as_view()
add_application = AddApplication.as_view()
add_passkey = AddPasskey.as_view()
