"""How a storefront looks."""

from __future__ import annotations

from dataclasses import dataclass

from twiza.domain.storefronts.models import Storefront, StorefrontLook


@dataclass(frozen=True)
class Look:
    """Empty where it has nothing of its own; the logo's size in points."""

    colour: str = ""
    logo_url: str = ""
    logo_width: int = 0
    logo_height: int = 0


def look_of(storefront: Storefront) -> Look:
    """Its colour and its logo."""
    known: StorefrontLook | None = getattr(storefront, "look", None)
    if known is None:
        return Look()
    return Look(known.colour, known.logo.url if known.logo else "", known.logo_width, known.logo_height)
