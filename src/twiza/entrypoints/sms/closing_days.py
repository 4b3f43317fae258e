"""The day until which a cooperative says it is closed: `15/8`, `lundi`, `12 juin`, `غدا`."""

from __future__ import annotations

import re
from datetime import date, timedelta

from twiza.entrypoints.sms.tables import calendar
from twiza.kit.folding import fold, fold_words

_IN_FIGURES = re.compile(r"(\d{1,2})[/.\-](\d{1,2})(?:[/.\-](\d{2}|\d{4}))?")
# Further away than this nobody plans; a day that is over this year is next year's.
FURTHEST = timedelta(days=366)


def day_meant(words: str, today: date) -> date | None:
    """The first such day from today on; None when it is no day, or none that may be meant."""
    found = _IN_FIGURES.fullmatch(fold(words).strip())
    if found:
        return _dated(int(found[1]), int(found[2]), found[3], today)
    said = [calendar().get(word, word) for word in fold_words(words).split()]
    said = [word for word in said if word != "article"]
    if len(said) == 1:
        return _named(said[0], today)
    if said and said[0] == "1er":
        said[0] = "1"
    if len(said) == 2 and said[0].isdigit() and said[1].startswith("month:"):
        return _dated(int(said[0]), int(said[1].removeprefix("month:")), None, today)
    return None


def _named(word: str, today: date) -> date | None:
    if word == "tomorrow":
        return today + timedelta(days=1)
    if not word.startswith("weekday:"):
        return None
    ahead = (int(word.removeprefix("weekday:")) - today.weekday()) % 7
    return today + timedelta(days=ahead or 7)


def _dated(day: int, month: int, year: str | None, today: date) -> date | None:
    years = [int(year) + (2000 if len(year) == 2 else 0)] if year else [today.year, today.year + 1]
    for wanted in years:
        try:
            meant = date(wanted, month, day)
        except ValueError:
            continue
        if today <= meant <= today + FURTHEST:
            return meant
    return None
