"""Telephone numbers in E.164, read as people write them, Morocco understood when no country is given."""

from __future__ import annotations

from functools import lru_cache

import phonenumbers

from twiza.kit.folding import fold

# A range that the Moroccan plan leaves unallotted (68[356]): demonstration people live there,
# and messaging never hands a number of it to a real gateway.
FICTION_PREFIX = "+212683"


@lru_cache(maxsize=1_000)
def read_phone(text: str) -> str | None:
    """The number in E.164, or None when it cannot be one. `06 12 34 56 78` → `+212612345678`."""
    try:
        number = phonenumbers.parse(fold(text), "MA")
    except phonenumbers.NumberParseException:
        return None
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if written.startswith("+212"):
        return written if _is_moroccan(written) else None
    return written if phonenumbers.is_valid_number(number) else None


def shown_phone(number: str) -> str:
    """As it is dialled at home: `+212612345678` → `06 12 34 56 78`."""
    if not number.startswith("+212"):
        return number
    national = "0" + number[4:]
    return " ".join(national[index : index + 2] for index in range(0, len(national), 2))


def masked_phone(number: str) -> str:
    """Recognisable to its owner, useless to others: `06 •• •• •• 78`."""
    return f"{shown_phone(number)[:2]} •• •• •• {number[-2:]}"


def is_mobile(number: str) -> bool:
    """Texts arrive there: Moroccan numbers in 06 and 07; of other countries every number may be one."""
    return not number.startswith("+212") or number[4] in "67"


def is_fictional(number: str) -> bool:
    return number.startswith(FICTION_PREFIX)


def _is_moroccan(number: str) -> bool:
    return len(number) == 13 and number[4] in "5678"
