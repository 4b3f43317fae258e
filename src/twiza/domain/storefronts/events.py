"""What others may hear about storefronts."""

from __future__ import annotations

from dataclasses import dataclass

from twiza.foundation.events.subscriptions import Event


@dataclass(frozen=True)
class StorefrontOpened(Event):
    storefront_id: int


@dataclass(frozen=True)
class ProductRefused(Event):
    """An operator that looks first does not show a product; `at` is when that was decided."""

    review_id: int
    at: str


@dataclass(frozen=True)
class HostLost(Event):
    """A storefront's own host has led elsewhere for days; `at` is when it was given up. Its path is its address again."""

    host_id: int
    at: str
