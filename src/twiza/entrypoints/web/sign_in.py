"""What django-allauth asks about our people: whose number this is, how a code reaches them, where they go once in."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from twiza.domain.directory.selectors.people import organisations_of
from twiza.domain.orders.selectors import cart_with
from twiza.domain.orders.services import join_baskets
from twiza.entrypoints.web.basket_cookie import basket_token, remember
from twiza.foundation.accounts import selectors, services
from twiza.foundation.messaging.services import queue_text

if TYPE_CHECKING:
    from twiza.foundation.accounts.models import User

# Darija has no screens, so no catalogue: the one text that signing in writes in it stands here.
DARIJA_CODE_TEXT = "Twiza: %(code)s houwa l-code dyalkom. Ma t3tiwh l 7ta wa7ed."

YEAR_SECONDS = 365 * 24 * 3600
STAFF_SESSION_SECONDS = 12 * 3600


class PeopleAdapter(DefaultAccountAdapter):
    """Reads and writes people through `accounts`; texts through `messaging`, letters through Django's mail."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": gettext_lazy("This is not the code we sent. Please look at it again."),
        "incorrect_password": gettext_lazy("This is not your password."),
        "too_many_login_attempts": gettext_lazy("Too many tries. Please wait some minutes, then ask for a new code."),
        "email_password_mismatch": gettext_lazy("This e-mail and this password do not go together."),
        "rate_limited": gettext_lazy("Please wait a little before asking for another code."),
    }

    def get_user_by_phone(self, phone: str) -> User | None:
        return selectors.person_reached_at(phone=phone)

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        return (user.phone, user.phone_verified_at is not None) if user.phone else None

    def set_phone(self, user: User, phone: str, verified: bool) -> None:
        """Only a proven number is kept."""
        if verified:
            services.move_phone(user, phone)

    def set_phone_verified(self, user: User, phone: str) -> None:
        services.remember_proven_phone(user, phone)

    def send_verification_code_sms(self, user: User | None, phone: str, code: str, **kwargs: Any) -> None:
        """A text with the code is on its way, in the person's language, else in the page's."""
        language = user.language if user else translation.get_language() or settings.LANGUAGE_CODE
        queue_text(
            to=phone,
            text=write_code_text(code, language),
            key=f"sign-in-code:{secrets.token_hex(8)}",
            kind="security",
            language=language,
            person=user,
        )

    def send_code_by_mail(self, person: User | None, email: str, code: str) -> None:
        """A letter with the code has been handed to the mail server. Raises OSError when it cannot be."""
        with translation.override(selectors.screen_language(person) if person else translation.get_language()):
            self.send_mail("account/email/login_code", email, {"code": code})

    def generate_login_code(self) -> str:
        """Six digits: what a telephone's keyboard offers by itself."""
        return f"{secrets.randbelow(1_000_000):06d}"

    def get_login_stages(self) -> list[str]:
        return ["allauth.account.stages.LoginByCodeStage", "twiza.entrypoints.web.second_factor.SecondFactorStage"]

    def reauthenticate(self, user: User, password: str) -> bool:
        """Whether this is the person's password; wrong tries are counted as at sign-in."""
        return self.authenticate(context.request, email=user.email, password=password) == user

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The workspace for whoever speaks for an organisation, the first page for others, in the person's language."""
        person: Any = request.user
        with translation.override(selectors.screen_language(person)):
            home = resolve_url(settings.LOGIN_REDIRECT_URL)
        return f"{home}workspace/" if organisations_of(person).exists() else home

    get_signup_redirect_url = get_login_redirect_url

    def post_login(self, request: HttpRequest, user: User, **hooks: Any) -> HttpResponse:
        """Whoever signs in finds the site in their own language, and their basket. Staff are asked again after half a day."""
        if user.is_staff:
            request.session.set_expiry(STAFF_SESSION_SECONDS)
        response: HttpResponse = super().post_login(request, user, **hooks)
        language = selectors.screen_language(user)
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=YEAR_SECONDS, samesite="Lax")
        cart = join_baskets(user, cart_with(basket_token(request)))
        return remember(response, cart) if cart else response


def write_code_text(code: str, language: str) -> str:
    """The text that brings a code: one part in Latin letters, one part in Arabic ones."""
    if language == "ary":
        return DARIJA_CODE_TEXT % {"code": code}
    with translation.override(language):
        return _("Twiza: %(code)s is your code. Do not give it to anybody.") % {"code": code}
