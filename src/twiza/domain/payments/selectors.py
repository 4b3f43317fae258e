"""Questions about payments."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import Any, cast

from django.conf import settings
from django.db.models import QuerySet, Sum

from twiza.domain.payments.errors import ProviderNotOffered
from twiza.domain.payments.models import Allocation, Payment, Refund
from twiza.domain.payments.provider import ProviderPort
from twiza.kit.loading import load_class


def provider(code: str) -> ProviderPort:
    """The way to pay behind a code. Raises ProviderNotOffered."""
    if code not in settings.PAYMENT_PROVIDERS:
        raise ProviderNotOffered
    return _loaded(code)


@cache
def _loaded(code: str) -> ProviderPort:
    return cast(ProviderPort, load_class("twiza.adapters.payments", code, "Provider")())


def providers() -> tuple[ProviderPort, ...]:
    """The ways to pay that this installation is set to take, in the order they are offered."""
    return tuple(provider(code) for code in settings.PAYMENT_PROVIDERS)


def refunds_of(parts: QuerySet[Any] | Collection[str]) -> int:
    """What was given back or is owed back of these parts (as `order:91`), in centimes."""
    owed = Refund.objects.filter(allocation__reference__in=parts).aggregate(all=Sum("amount_centimes"))
    return owed["all"] or 0


def payment_for(reference: str) -> Payment:
    return Payment.objects.get(reference=reference)


def is_received(part: str) -> bool:
    """Something was received for this part (as `order:91`) already."""
    return Allocation.objects.filter(reference=part, captured_centimes__gt=0).exists()
