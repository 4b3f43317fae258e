"""Which rates hold, which wait, and what was fixed for orders."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Greatest

from twiza.domain.ledger.models import CommissionLine, CommissionRate


@dataclass(frozen=True)
class RateBook:
    """Every row that was ever agreed to, with the moment `since` when it holds; the earliest first."""

    rows: Sequence[Any]

    def at(self, moment: datetime) -> Sequence[CommissionRate]:
        """The list that held then, in its order. A row holds from its day on, and not before another person agreed."""
        newest = {rate.code: rate for rate in self.rows if rate.since <= moment}
        return sorted((rate for rate in newest.values() if not rate.is_over), key=lambda rate: (rate.position, rate.code))


def rate_book() -> RateBook:
    return RateBook(list(_agreed().order_by("since", "pk")))


def rates_at(moment: datetime) -> Sequence[CommissionRate]:
    """The list that held then, in its order."""
    return rate_book().at(moment)


def rates_to_come(moment: datetime) -> Sequence[CommissionRate]:
    """Those that were agreed to and do not hold yet, the first first."""
    return list(_agreed().filter(since__gt=moment).order_by("since", "position", "pk"))


def rates_to_decide() -> Sequence[CommissionRate]:
    """Those that wait for another person than the one who wrote them, the first first."""
    return list(_whole().filter(decision__isnull=True).select_related("set_by").order_by("pk"))


def commission_lines_of(order_ids: Collection[int]) -> Mapping[int, CommissionLine]:
    """What was fixed, by order id."""
    return {line.order_id: line for line in CommissionLine.objects.filter(order__in=order_ids)}


def _agreed() -> QuerySet[Any]:
    return _whole().filter(decision__is_yes=True).annotate(since=Greatest("valid_from", "decision__at"))


def _whole() -> QuerySet[CommissionRate]:
    return CommissionRate.objects.select_related("cooperative__published_revision", "storefront")
