"""The code that proves a phone or an e-mail, for those we know and those we do not know yet alike.

Both get a code, so nobody learns from the page or the message who has an account. A stranger who
proves a contact is asked for a name, and only then has an account: no number is held unproven.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.code_verification import AbstractCodeVerificationProcess
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.account.utils import passthrough_next_redirect_url
from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from twiza.foundation.accounts.selectors import person_reached_at

if TYPE_CHECKING:
    from twiza.foundation.accounts.models import User

PROVEN_CONTACT = "proven_contact"
NEW_CONTACT = "new_contact"
PROOF_LASTS_SECONDS = 15 * 60


@dataclass(frozen=True)
class Contact:
    """Where a code goes: a phone in E.164, or an e-mail in lower case."""

    phone: str | None = None
    email: str | None = None

    @property
    def address(self) -> str:
        return self.phone or self.email or ""


class SignInCode(LoginCodeVerificationProcess):
    """One code, kept in the session of whoever asked for it, until it is used, wrong too often, or old."""

    @classmethod
    def start(cls, request: HttpRequest, contact: Contact) -> None:
        """A code is on its way and the session waits for it. Raises RateLimited, OSError when mail is down."""
        spend_a_code(request, contact.address)
        person = person_reached_at(phone=contact.phone, email=contact.email)
        login = Login(user=person, email=contact.email)
        login.state["stages"] = {"current": LoginByCodeStage.key}
        stage = LoginByCodeStage(LoginStageController(request, login), request, login)
        stage.state.update(cls.initial_state(user=person, email=contact.email, phone=contact.phone))
        stage.state["initiated_by_user"] = True
        code = cls(stage)
        code.send()
        code.persist()

    @classmethod
    def resume(cls, stage: Any) -> SignInCode | None:
        return cls(stage).abort_if_invalid()

    @property
    def contact(self) -> Contact:
        return Contact(phone=self.state.get("phone"), email=self.state.get("email"))

    def send(self, skip_enumeration_mails: bool = False) -> None:
        self.state["code"] = send_code(self.contact, self.user)

    def resend(self) -> None:
        """A new code is on its way; the one before is worth nothing."""
        spend_a_code(self.request, self.contact.address)
        self.state["at"] = time.time()
        self.send()
        self.record_resend()
        self.persist()

    def finish(self, redirect_url: str | None) -> HttpResponse:
        """The code was right: in, or on to saying one's name."""
        if self.user:
            return super().finish(redirect_url)
        clear_login(self.request)
        self.request.session[PROVEN_CONTACT] = {"phone": self.contact.phone, "email": self.contact.email, "at": time.time()}
        return HttpResponseRedirect(passthrough_next_redirect_url(self.request, reverse("account_signup"), "next"))


class ContactCode(AbstractCodeVerificationProcess):
    """The code that proves a new phone or e-mail of somebody signed in. The old one stays theirs until then."""

    def __init__(self, request: HttpRequest, state: dict[str, Any]) -> None:
        self.request = request
        super().__init__(
            max_attempts=app_settings.LOGIN_BY_CODE_MAX_ATTEMPTS,
            timeout=app_settings.LOGIN_BY_CODE_TIMEOUT,
            state=state,
            user=request.user,
        )

    @classmethod
    def start(cls, request: HttpRequest, contact: Contact) -> None:
        """A code is on its way to the new contact. Raises RateLimited, OSError when mail is down."""
        spend_a_code(request, contact.address)
        code = cls(request, cls.initial_state(user=request.user, email=contact.email, phone=contact.phone))
        code.send()
        code.persist()

    @classmethod
    def resume(cls, request: HttpRequest) -> ContactCode | None:
        state = request.session.get(NEW_CONTACT)
        return cls(request, state).abort_if_invalid() if state else None

    @property
    def contact(self) -> Contact:
        return Contact(phone=self.state.get("phone"), email=self.state.get("email"))

    def send(self) -> None:
        self.state["code"] = send_code(self.contact, self.user)

    def persist(self) -> None:
        self.request.session[NEW_CONTACT] = self.state

    def abort(self) -> None:
        self.request.session.pop(NEW_CONTACT, None)


def send_code(contact: Contact, person: User | None) -> str:
    """A new code is on its way to the contact. Gives the code back. Raises OSError when mail is down."""
    adapter = get_adapter()
    code: str = adapter.generate_login_code()
    if contact.phone:
        adapter.send_verification_code_sms(user=person, phone=contact.phone, code=code)
    else:
        adapter.send_code_by_mail(person, contact.email, code)
    return code


def spend_a_code(request: HttpRequest, address: str) -> None:
    """One more code to this address is counted. Raises RateLimited when there were too many."""
    ratelimit.consume(request, action="request_login_code", key=address, raise_exception=True)


def proven_contact(request: HttpRequest) -> Contact | None:
    """The contact that this session proved some minutes ago and that nobody uses yet."""
    proof = request.session.get(PROVEN_CONTACT)
    if not proof or time.time() - proof["at"] > PROOF_LASTS_SECONDS:
        return None
    return Contact(phone=proof["phone"], email=proof["email"])


def forget_proof(request: HttpRequest) -> None:
    request.session.pop(PROVEN_CONTACT, None)
