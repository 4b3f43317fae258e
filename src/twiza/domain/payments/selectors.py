"""Questions about payments."""

from __future__ import annotations

from functools import cache
from typing import cast

from django.conf import settings

from twiza.domain.payments.errors import ProviderNotOffered
from twiza.domain.payments.models import Payment
from twiza.domain.payments.provider import ProviderPort
from twiza.kit.loading import load_class


@cache
def provider(code: str) -> ProviderPort:
    """The way to pay behind a code. Raises ProviderNotOffered."""
    if code not in settings.PAYMENT_PROVIDERS:
        raise ProviderNotOffered
    return cast(ProviderPort, load_class("twiza.adapters.payments", code, "Provider")())


def providers() -> tuple[ProviderPort, ...]:
    """The ways to pay that this installation is set to take, in the order they are offered."""
    return tuple(provider(code) for code in settings.PAYMENT_PROVIDERS)


def payment_for(reference: str) -> Payment:
    return Payment.objects.get(reference=reference)
