"""Codes of applications, in any figures, and what a browser says a passkey signed: nonsense is a wrong answer."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn import forms as allauth_forms
from cryptography.exceptions import InvalidSignature
from django import forms
from django.utils.translation import gettext_lazy as _

from twiza.kit.folding import fold

NONSENSE = (KeyError, IndexError, TypeError, AttributeError, ValueError, struct.error, InvalidSignature)


@contextmanager
def nonsense_is_a_wrong_answer() -> Iterator[None]:
    try:
        yield
    except NONSENSE as wrong:
        raise get_adapter().validation_error("incorrect_code") from wrong


class CodeField(forms.CharField):
    """Figures of an application or of a recovery code, Arabic ones become Western."""

    def __init__(self) -> None:
        attributes = {"autocomplete": "one-time-code", "inputmode": "numeric", "dir": "ltr", "class": "input-short"}
        super().__init__(label=_("The code"), max_length=20, widget=forms.TextInput(attrs=attributes))

    def clean(self, value: Any) -> Any:
        return fold(super().clean(value))


class NewApplication(ActivateTOTPForm):
    code = CodeField()


class ApplicationAsSecondFactor(AuthenticateForm):
    code = CodeField()


class ApplicationAgain(ReauthenticateForm):
    code = CodeField()


class SignInWithPasskey(allauth_forms.LoginWebAuthnForm):
    def clean_credential(self) -> Any:
        with nonsense_is_a_wrong_answer():
            return super().clean_credential()


class PasskeyAsSecondFactor(allauth_forms.AuthenticateWebAuthnForm):
    def clean_credential(self) -> Any:
        with nonsense_is_a_wrong_answer():
            return super().clean_credential()


class PasskeyAgain(allauth_forms.ReauthenticateWebAuthnForm):
    def clean_credential(self) -> Any:
        with nonsense_is_a_wrong_answer():
            return super().clean_credential()


class NewPasskey(allauth_forms.AddWebAuthnForm):
    """Every passkey of ours opens the door by itself, with the finger or the code of the telephone."""

    name = forms.CharField(label=_("A name for it"), max_length=60, required=False)
    passwordless = forms.BooleanField(required=False, widget=forms.HiddenInput, initial=True)

    def clean_passwordless(self) -> bool:
        return True

    def clean(self) -> Any:
        with nonsense_is_a_wrong_answer():
            return super().clean()
