"""Months of the year as people say them: May to August."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

MONTHS = range(1, 13)


def month_name(month: int) -> str:
    """In the reader's language."""
    return date_format(date(2000, month, 1), "F")


def runs_of_months(months: Collection[int]) -> list[tuple[int, int]]:
    """(first, last) of each unbroken stretch, beginning in January: a stretch over the new year is one."""
    wanted = set(months)
    if wanted >= set(MONTHS):
        return [(1, 12)]
    runs = []
    for first in sorted(month for month in wanted if _before(month) not in wanted):
        last = first
        while _after(last) in wanted:
            last = _after(last)
        runs.append((first, last))
    return runs


def months_in_words(months: Collection[int]) -> str:
    """`May to August, November`; nothing for no month."""
    return _(", ").join(_stretch(first, last) for first, last in runs_of_months(months))


def _stretch(first: int, last: int) -> str:
    if first == last:
        return month_name(first)
    return _("%(first)s to %(last)s") % {"first": month_name(first), "last": month_name(last)}


def _before(month: int) -> int:
    return (month - 2) % 12 + 1


def _after(month: int) -> int:
    return month % 12 + 1
