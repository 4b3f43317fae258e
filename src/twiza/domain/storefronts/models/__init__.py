"""The tables of storefronts."""

from twiza.domain.storefronts.models.pages import (
    StorefrontPage,
)
from twiza.domain.storefronts.models.storefront import (
    Storefront,
    StorefrontCooperative,
    StorefrontRule,
)

__all__ = [
    "Storefront",
    "StorefrontCooperative",
    "StorefrontPage",
    "StorefrontRule",
]
