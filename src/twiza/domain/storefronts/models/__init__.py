"""The tables of storefronts."""

from twiza.domain.storefronts.models.storefront import (
    Storefront,
    StorefrontCooperative,
    StorefrontRule,
)

__all__ = [
    "Storefront",
    "StorefrontCooperative",
    "StorefrontRule",
]
