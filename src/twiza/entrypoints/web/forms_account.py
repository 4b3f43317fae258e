"""The questions of signing in."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ConfirmLoginCodeForm
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.core import context, ratelimit
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from twiza.entrypoints.web.sign_in_code import Contact
from twiza.kit.folding import fold
from twiza.kit.phone import read_phone

UNREADABLE = _("We cannot read this as a phone number or an e-mail. A number looks like 06 12 34 56 78.")


class ContactField(forms.CharField):
    """A phone as people write it, in any digits, or an e-mail. Cleans to a Contact."""

    default_error_messages = {"unreadable": UNREADABLE, "null_characters_not_allowed": UNREADABLE}

    def __init__(self, **kwargs: Any) -> None:
        attributes = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "dir": "ltr"}
        super().__init__(max_length=254, widget=forms.TextInput(attrs=attributes), **kwargs)

    def clean(self, value: Any) -> Any:
        written = super().clean(value)
        return self._read(written) if written else None

    def _read(self, written: str) -> Contact:
        if "@" in written:
            try:
                validate_email(written)
            except ValidationError:
                raise ValidationError(self.error_messages["unreadable"], code="unreadable") from None
            return Contact(email=written.lower())
        phone = read_phone(written)
        if phone is None:
            raise ValidationError(self.error_messages["unreadable"], code="unreadable")
        return Contact(phone=phone)


class SignInForm(forms.Form):
    login = ContactField(label=_("Your phone number or your e-mail"))

    def __init__(self, *args: Any, request: HttpRequest | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class NewContactForm(forms.Form):
    contact = ContactField(label=_("Your new phone number or e-mail"))


class CodeForm(ConfirmLoginCodeForm):
    """Six digits, in Western or Arabic figures. Every try is counted against the contact, whatever session makes it."""

    code = forms.CharField(
        label=_("The code we sent you"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "dir": "ltr", "class": "input-short"}
        ),
    )

    def __init__(self, *args: Any, address: str = "", **kwargs: Any) -> None:
        self.address = address
        super().__init__(*args, **kwargs)

    def clean_code(self) -> str:
        self.cleaned_data["code"] = fold(self.cleaned_data["code"])
        if not ratelimit.consume(context.request, action="enter_login_code", key=self.address):
            raise get_adapter().validation_error("too_many_login_attempts")
        return super().clean_code()


class NameForm(forms.Form):
    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("As cooperatives and buyers may call you."),
    )


class StaffSignInForm(forms.Form):
    """E-mail and password of staff. The second factor is asked afterwards."""

    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "username", "dir": "ltr"}))
    password = forms.CharField(
        label=_("Password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "dir": "ltr"})
    )

    def __init__(self, *args: Any, request: HttpRequest | None = None, **kwargs: Any) -> None:
        self.request = request
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """The person is known by this password. One sentence for every way of being wrong."""
        answers = super().clean() or {}
        if not self.errors:
            adapter = get_adapter(self.request)
            self.person = adapter.authenticate(self.request, email=answers["email"], password=answers["password"])
            if self.person is None or not self.person.is_staff:
                raise adapter.validation_error("email_password_mismatch")
        return answers

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Signed in, or on to the second factor."""
        login = Login(user=self.person, email=self.cleaned_data["email"], redirect_url=redirect_url)
        return perform_password_login(request, {"email": self.cleaned_data["email"]}, login)
