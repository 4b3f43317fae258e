"""What a browser says a passkey signed. Nonsense is a wrong answer, never a broken page."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms as allauth_forms
from cryptography.exceptions import InvalidSignature
from django import forms
from django.utils.translation import gettext_lazy as _

NONSENSE = (KeyError, IndexError, TypeError, AttributeError, ValueError, struct.error, InvalidSignature)


@contextmanager
def nonsense_is_a_wrong_answer() -> Iterator[None]:
    try:
        yield
    except NONSENSE as wrong:
        raise get_adapter().validation_error("incorrect_code") from wrong


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
