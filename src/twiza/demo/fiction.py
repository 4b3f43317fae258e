"""Numbers that are well formed and belong to nobody: keys are right, ranges are those no register hands out."""

from __future__ import annotations

from twiza.domain.directory.forms import ContactDetails, IdentifierDetails
from twiza.kit.identifiers import mod97_key
from twiza.kit.phone import FICTION_PREFIX

# No enterprise number begins with 99 and no bank is 999 today.
ENTERPRISE_RANGE = "99"
BANK = "999"


def phone(number: int) -> str:
    """The fictional range holds a million telephones."""
    if not 0 <= number < 1_000_000:
        raise ValueError(number)
    return f"{FICTION_PREFIX}{number:06d}"


def ice(number: int) -> str:
    body = f"{ENTERPRISE_RANGE}{number:07d}0000"
    return body + mod97_key(body)


def rib(number: int) -> str:
    body = f"{BANK}780{number:016d}"
    return body + mod97_key(body)


def registration(number: int, year: int) -> str:
    """As the registers of the courts write it: analytical number, chronological number, year."""
    return f"{number % 89 + 1}/{number + 1}/{year}"


def identifiers(number: int, year: int, province: str) -> tuple[IdentifierDetails, ...]:
    return (
        IdentifierDetails("registration", registration(number, year), province),
        IdentifierDetails("ice", ice(number)),
        IdentifierDetails("rib", rib(number)),
    )


def contacts(telephone: str) -> tuple[ContactDetails, ...]:
    return (ContactDetails("phone", telephone, visibility="public"),)


def court(province: str) -> str:
    return f"Tribunal de première instance de {province}"
