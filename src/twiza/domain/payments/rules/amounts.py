"""Days and amounts as banks write them in statements."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime

from twiza.kit.folding import fold

DAYS = (
    "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %m %Y", "%Y-%m-%d", "%Y/%m/%d", "%Y%m%d",
    "%d/%m/%y", "%d-%m-%y", "%d.%m.%y", "%d %m %y",
)  # fmt: skip
MONTHS = {
    name: month
    for month, names in enumerate(
        (
            "jan janv janvier january يناير", "fev fevr fevrier feb february فبراير", "mar mars march مارس",
            "avr avril apr april ابريل", "mai may ماي", "juin jun june يونيو", "juil juillet jul july يوليوز",
            "aou aout aug august غشت", "sep sept septembre september شتنبر", "oct octobre october اكتوبر",
            "nov novembre november نونبر", "dec decembre december دجنبر",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_TIME = re.compile(r"[\sT]+\d{1,2}[:h]\d{2}(?:[:m]\d{2}(?:\.\d+)?)?s?$", re.IGNORECASE)
_NAMED = re.compile(r"(\d{1,2})[\s./-]*([^\W\d]+)\.?[\s./-]*(\d{2}|\d{4})")
_SIGNS = {"-": -1, "−": -1, "+": 1, "cr": 1, "c": 1, "credit": 1, "db": -1, "d": -1, "dr": -1, "debit": -1}
_AMOUNT = re.compile(r"(?P<before>[+−-]|\()?(?P<digits>[0-9][0-9.,']*)(?P<after>[+−)-]|cr|credit|c|db|debit|dr|d)?")
MOST_DIGITS = 12


def read_day(text: str) -> date | None:
    """`23/11/2026`, `23-11-26`, `2026-11-23`, `23 NOV 2026`, with or without the hour, in whatever digits; nothing for no day."""
    plain = _TIME.sub("", fold(text).strip())
    if named := _NAMED.fullmatch(plain):
        month = MONTHS.get(named[2].lower())
        plain = f"{named[1]}/{month}/{named[3]}" if month else ""
    for written in DAYS:
        with suppress(ValueError):
            return datetime.strptime(plain, written).date()  # noqa: DTZ007 -- a day without an hour
    return None


def read_signed(text: str) -> int | None:
    """Centimes of `1 234,50`, `1.234,50`, `1,234.50`, `155,00-`, `(155,00)`, `155,00 DB` or `155 MAD`; nothing for no amount."""
    plain = re.sub(r"\s", "", fold(text).lower()).replace("mad", "").replace("dhs", "").replace("dh", "")
    found = _AMOUNT.fullmatch(plain)
    if found is None or (found["before"] == "(") != (found["after"] == ")"):
        return None
    whole, cents = _parted(found["digits"].replace("'", ""))
    if not whole or len(whole) > MOST_DIGITS:
        return None
    sign = -1 if found["before"] == "(" else _SIGNS.get(found["before"] or "", 1) * _SIGNS.get(found["after"] or "", 1)
    return sign * (int(whole) * 100 + int(cents.ljust(2, "0")))


def _parted(digits: str) -> tuple[str, str]:
    """Before and after the decimal sign: the last comma or full stop, when one or two digits follow it."""
    found = re.fullmatch(r"([0-9.,]*[0-9])[.,]([0-9]{1,2})", digits)
    whole, cents = (found[1], found[2]) if found else (digits, "")
    groups = re.split(r"[.,]", whole)
    is_grouped = len(groups) == 1 or (0 < len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:]))
    return ("".join(groups), cents) if is_grouped else ("", "")
