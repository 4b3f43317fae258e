"""Hard identifiers as registers write them. A wrong key warns; a number that lost its digits is left out."""

from __future__ import annotations

import re
from collections.abc import Callable

from twiza.domain.directory.forms import IdentifierDetails
from twiza.domain.directory.services.particulars import tidied_identifier
from twiza.foundation.places.selectors import Atlas
from twiza.kit.folding import fold, fold_words
from twiza.kit.identifiers import digits_of, is_ice, is_registration_number, is_rib

SCHEMES = ("registration", "ice", "rib", "tax_if", "cnss", "onssa")
ICE_DIGITS, RIB_DIGITS, FEWEST_ICE_DIGITS, LONGEST = 15, 24, 9, 60
# 1,5612E+12: what a spreadsheet makes of a long number.
_POWERS = re.compile(r"\d[.,]?\d*e\+?\d+")
_WITH_COURT = re.compile(r"(\d+\s*/\s*\d+\s*/\s*\d{4})\s*[-–(,]?\s*([^\W\d].*?)\s*\)?")
_COURT_OF = re.compile(
    r"^(?:tribunal (?:de )?(?:1ere|1er|premiere) instance|tribunal|tpi|court of first instance|court)"
    r"(?: de la| de l| de| d| du| of)? "
    r"|^(?:المحكمه الابتدائيه|الابتدائيه|محكمه) ?(?:ل|ب)?"
)

Read = tuple[str, str]  # what is kept, and the code of what was wrong: either may be empty


def read_identifier(scheme: str, text: str) -> Read:
    """The number as we keep it, and what was wrong with it."""
    if _POWERS.fullmatch(fold(text).replace(" ", "")):
        return "", "scientific"
    return _READERS.get(scheme, _plain)(text)


def registration_and_court(text: str) -> tuple[str, str]:
    """`56/268/2018 Azilal` → the number and its court, when one cell holds both."""
    match = _WITH_COURT.fullmatch(" ".join(text.split()))
    return (match[1], match[2]) if match else (text, "")


def court_named(text: str, atlas: Atlas) -> str:
    """The court by its town's French name, so that one court is one court however it is written."""
    words = fold_words(text)
    town = _COURT_OF.sub("", words).strip() or words
    if province := atlas.province(town):
        return atlas.province_names[province]
    communes = atlas.communes(town)
    if len(communes) == 1:
        return atlas.commune_names[next(iter(communes))]
    return " ".join(text.split())[:120]


def _ice(text: str) -> Read:
    digits = digits_of(text)
    if not digits.strip("0"):
        return "", ""
    if FEWEST_ICE_DIGITS <= len(digits) < ICE_DIGITS and is_ice(digits.zfill(ICE_DIGITS)):
        return digits.zfill(ICE_DIGITS), "ice_zeros"
    if len(digits) != ICE_DIGITS:
        return "", "ice_length"
    return digits, "" if is_ice(digits) else "ice_key"


def _rib(text: str) -> Read:
    digits = digits_of(text)
    if fold(text).replace(" ", "").startswith("ma") and len(digits) == RIB_DIGITS + 2:
        digits = digits[2:]
    if not digits.strip("0"):
        return "", ""
    if len(digits) != RIB_DIGITS:
        return "", "rib_length"
    return digits, "" if is_rib(digits) else "rib_key"


def _registration(text: str) -> Read:
    value = tidied_identifier(IdentifierDetails("registration", text)).value[:LONGEST]
    return value, "" if is_registration_number(value) else "registration_odd"


def _plain(text: str) -> Read:
    value = tidied_identifier(IdentifierDetails("cnss", text)).value
    return value[:LONGEST], "too_long" if len(value) > LONGEST else ""


_READERS: dict[str, Callable[[str], Read]] = {"ice": _ice, "rib": _rib, "registration": _registration}
