"""What others may hear about products."""

from __future__ import annotations

from dataclasses import dataclass

from twiza.foundation.events.subscriptions import Event


@dataclass(frozen=True)
class ProductPublished(Event):
    product_id: int


@dataclass(frozen=True)
class PriceChanged(Event):
    variant_id: int
    was_centimes: int
    is_centimes: int


@dataclass(frozen=True)
class MakerAsked(Event):
    """A member was asked whether her first name may stand beside what she made. `asked_on` keeps askings apart."""

    maker_id: int
    asked_on: str
