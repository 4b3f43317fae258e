"""What one cell says: dates, counts, numbers, scripts, sectors. Nothing here knows the directory."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from twiza.domain.directory.models.sectors import Sector
from twiza.domain.directory.services.importing.synonyms import words_by_code
from twiza.kit.clock import today
from twiza.kit.folding import fold, fold_words

MONTHS = {
    "janvier": 1, "janv": 1, "jan": 1, "fevrier": 2, "fevr": 2, "fev": 2, "mars": 3, "mar": 3, "avril": 4, "avr": 4, "mai": 5,
    "juin": 6, "juillet": 7, "juil": 7, "aout": 8, "septembre": 9, "sept": 9, "sep": 9, "octobre": 10, "oct": 10, "novembre": 11,
    "nov": 11, "decembre": 12, "dec": 12,
    "يناير": 1, "فبراير": 2, "مارس": 3, "ابريل": 4, "ماي": 5, "مايو": 5, "يونيو": 6, "يوليوز": 7, "يوليو": 7, "غشت": 8,
    "شتنبر": 9, "سبتمبر": 9, "اكتوبر": 10, "نونبر": 11, "نوفمبر": 11, "دجنبر": 12, "ديسمبر": 12,
}  # fmt: skip
_SECTOR_BY_WORDS = {words: code for code, many in words_by_code("sectors.tsv").items() for words in many} | {
    code.lower(): code for code in Sector.values
}
# The longest first, when they are sought inside a longer text.
_INSIDE = sorted(((words, code) for words, code in _SECTOR_BY_WORDS.items() if len(words) > 3), key=lambda pair: -len(pair[0]))
_SPLIT = re.compile(r"[;,/|+\n،؛]|\s[-–&]\s")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{2}|\d{4})(?: .*)?")
_YEAR_FIRST = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})(?:[t ].*)?")
_IN_WORDS = re.compile(r"(?:le )?(\d{1,2})(?:er)? ([^\W\d]+) (\d{4})")
_EPOCH = date(1899, 12, 30)
YES = frozenset({"oui", "o", "yes", "y", "1", "x", "vrai", "true", "نعم", "feminine", "femmes", "نسويه", "نسائيه"})


class DateTrouble(ValueError):
    """Carries the fault's code."""


def read_date(text: str) -> date:
    """`2018-03-12`, `12/03/2018`, `12 mars 2018`, `12 مارس 2018` or a spreadsheet's day number. Raises DateTrouble."""
    plain = fold(text)
    if re.fullmatch(r"\d{4}", plain):
        raise DateTrouble("date_year_only")
    try:
        day = _date(plain)
    except (ValueError, OverflowError) as error:
        raise DateTrouble("date_unreadable") from error
    if day > today():
        raise DateTrouble("date_future")
    if day.year < 1900:
        raise DateTrouble("date_unreadable")
    return day


def _date(plain: str) -> date:
    if match := _YEAR_FIRST.fullmatch(plain):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := _DAY_FIRST.fullmatch(plain):
        return date(_year(match[3]), int(match[2]), int(match[1]))
    if match := _IN_WORDS.fullmatch(fold_words(plain)):
        return date(int(match[3]), MONTHS.get(match[2], 0), int(match[1]))
    if re.fullmatch(r"[1-5]\d{4}", plain):
        return _EPOCH + timedelta(days=int(plain))
    raise ValueError(plain)


def _year(written: str) -> int:
    if len(written) == 4:
        return int(written)
    return 2000 + int(written) if 2000 + int(written) <= today().year else 1900 + int(written)


def read_count(text: str) -> int | None:
    """`40`, `1 200`, `40.0`, `٤٠`, `40 adhérents`; None when it is no number of persons."""
    match = re.fullmatch(r"(\d[\d ]{0,9})(?:[.,]0+)?(?: ?[^\W\d]+)?", fold(text))
    if not match:
        return None
    count = int(match[1].replace(" ", ""))
    return count if count <= 1_000_000 else None


def read_sectors(text: str, told: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """(codes, the words we do not know)."""
    whole = _sector(text, told)
    if whole:
        return [whole], []
    parts = [part.strip() for part in _SPLIT.split(text) if part.strip()]
    known = {part: _sector(part, told) or _sector_inside(part) for part in parts}
    return [code for code in known.values() if code], [part for part, code in known.items() if not code]


def _sector(text: str, told: Mapping[str, str]) -> str:
    words = fold_words(text)
    return told.get(words) or _SECTOR_BY_WORDS.get(words, "")


def _sector_inside(text: str) -> str:
    words = f" {fold_words(text)} "
    return next((code for known, code in _INSIDE if f" {known} " in words), "")
