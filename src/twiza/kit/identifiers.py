"""Moroccan identifiers whose two last digits are a key: ICE (enterprise) and RIB (bank account).

Both are such that the whole number is a multiple of 97. A wrong key is a reason to warn, never to block:
registers contain typing mistakes, and somebody's income should not wait for them.
"""

from __future__ import annotations

import re

from twiza.kit.folding import fold

_ICE = re.compile(r"\d{15}")
_RIB = re.compile(r"\d{24}")
_REGISTRATION = re.compile(r"\d+/\d+/\d{4}")


def digits_of(text: str) -> str:
    return re.sub(r"\D", "", fold(text))


def mod97_key(body: str) -> str:
    """The two digits that make `body` + key a multiple of 97 (ICE: 13 digits before, RIB: 22)."""
    return f"{97 - int(body) * 100 % 97:02d}"


def is_ice(value: str) -> bool:
    return bool(_ICE.fullmatch(value)) and int(value) % 97 == 0 and value != "0" * 15


def is_rib(value: str) -> bool:
    return bool(_RIB.fullmatch(value)) and int(value) % 97 == 0 and value != "0" * 24


def iban_of(rib: str) -> str:
    """The check digits of a Moroccan IBAN are always 64, because its RIB is a multiple of 97."""
    return f"MA64{rib}"


def is_registration_number(value: str) -> bool:
    """Looks like the numbers seen in the local registers of cooperatives: `56/268/2018`."""
    return bool(_REGISTRATION.fullmatch(value))


_DAMM = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
)  # fmt: skip


def damm_digit(number: str) -> str:
    """One digit that betrays every single wrong digit and every swap of neighbours (Damm, 2004)."""
    interim = 0
    for digit in number:
        interim = int(_DAMM[interim][int(digit)])
    return str(interim)
