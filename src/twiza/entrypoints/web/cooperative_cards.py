"""Cooperatives as the components show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from twiza.domain.directory.selectors import CooperativeCard, PublicPhoto
from twiza.entrypoints.ui.pictures import shown_photo_of

# What stands in the arch while a cooperative has no photo: something its sector makes, in that thing's colour.
# The sectors that say most come first.
DRAWINGS: dict[str, tuple[str, str]] = {
    "ARGA": ("bottle", "#c7a13b"),
    "PAM": ("herbs", "#5f7d4a"),
    "PECH": ("tin", "#5b8ba8"),
    "ARTI": ("rug", "#a83f2a"),
    "DALI": ("bowl", "#ecd9a6"),
    "FORE": ("wood", "#8a5a35"),
    "TOUR": ("tea", "#c79a5b"),
    "AGRI": ("seedling", "#7a8f3a"),
    "COMM": ("basket", "#c79a5b"),
    "ENER": ("bag", "#d9911c"),
}
ANYTHING = ("parcel", "#b98a57")
MOST_BADGES = 2


@dataclass(frozen=True)
class Card:
    url: str
    name: str
    what: str
    where: str
    members: int | None
    badges: list[str]
    drawing: str
    tint: str
    topic: str  # what the card is made of, for pages that are kept
    src: str = ""
    srcset: str = ""
    avif: str = ""
    alt: str = ""
    colour: str = ""
    focus: str = ""


def cooperative_cards(cooperatives: Iterable[CooperativeCard]) -> list[Card]:
    return [_card(cooperative) for cooperative in cooperatives]


def drawing_of(sectors: Iterable[tuple[str, str]]) -> tuple[str, str]:
    """(drawing, tint) of the sector that says most."""
    codes = {code for code, _name in sectors}
    return next((DRAWINGS[code] for code in DRAWINGS if code in codes), ANYTHING)


def place_words(commune: str, province: str) -> str:
    """`Taliouine, Taroudannt`; once where both have one name."""
    return (
        _("%(commune)s, %(province)s") % {"commune": commune, "province": province} if commune not in ("", province) else province
    )


def _card(cooperative: CooperativeCard) -> Card:
    drawing, tint = drawing_of(cooperative.sectors)
    badges = [_("Women's cooperative")] if cooperative.is_womens else []
    badges += [name for _scheme, name in cooperative.labels]
    badges += [_("Confirmed lately")] if cooperative.is_confirmed else []
    return Card(
        url=reverse("web:cooperative", args=[cooperative.slug]),
        name=cooperative.name,
        what=cooperative.activities[:80] or " · ".join(name for _code, name in cooperative.sectors[:2]),
        where=place_words(cooperative.commune_name, cooperative.province_name),
        members=cooperative.members_total,
        badges=badges[:MOST_BADGES],
        drawing=drawing,
        tint=tint,
        topic=f"organisation:{cooperative.id}",
        **_photo(cooperative.photo),
    )


def _photo(photo: PublicPhoto | None) -> dict[str, str]:
    if photo is None:
        return {}
    shown = shown_photo_of(photo, "small", "medium")
    told = {"src": shown.src, "srcset": shown.srcset, "avif": shown.avif, "colour": shown.colour, "focus": shown.focus}
    return {**told, "alt": photo.alt}
