"""The port of a way to pay.

A provider is one file in `adapters/payments/` with a `class Provider`. The conversation is:

1. `begin`: after the order is placed and committed. Says where the buyer goes now. It may NOT move money.

Providers that hear from a bank (notices, refunds) extend this port when they come.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from django.utils.functional import Promise


@dataclass(frozen=True)
class PaymentFacts:
    reference: str
    amount_centimes: int
    currency: str
    language: str


@dataclass(frozen=True)
class NextStep:
    """What the buyer does now: nothing but wait for the parcel, or go to a page of the provider."""

    redirect_url: str = ""


class ProviderPort(Protocol):
    """What every `class Provider` in `adapters/payments/` answers. `name` is what an operator who chooses reads."""

    code: str
    name: str | Promise
    is_paid_on_delivery: bool

    def begin(self, payment: PaymentFacts) -> NextStep:
        """Where the buyer goes to pay. Called outside any transaction, once per attempt."""
        ...
