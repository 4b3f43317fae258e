"""What a buyer writes on a bank transfer."""

from __future__ import annotations

import secrets

from twiza.kit.identifiers import damm_digit

PREFIX = "TW"
DIGITS = 8  # the last of them betrays every single wrong digit and every swap of neighbours


def new_transfer_reference() -> str:
    """As `TW48217305`: two letters by which it is found among other numbers, seven digits by chance, and their check digit."""
    body = f"{secrets.randbelow(9 * 10**6) + 10**6}"
    return f"{PREFIX}{body}{damm_digit(body)}"


def is_transfer_reference(text: str) -> bool:
    """Its letters are ours and its last digit fits the others."""
    digits = text.removeprefix(PREFIX)
    return (
        text.startswith(PREFIX)
        and len(digits) == DIGITS
        and digits.isascii()
        and digits.isdecimal()
        and damm_digit(digits[:-1]) == digits[-1]
    )


def shown_transfer_reference(reference: str) -> str:
    """As a person reads and copies it: `TW 4821 7305`."""
    digits = reference.removeprefix(PREFIX)
    return f"{PREFIX} {digits[:4]} {digits[4:]}"
