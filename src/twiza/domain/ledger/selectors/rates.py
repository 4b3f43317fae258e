"""Which rates hold, and what was fixed for orders."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from twiza.domain.ledger.models import CommissionLine, CommissionRate


def rates_at(moment: datetime) -> Sequence[CommissionRate]:
    """The list that held then, in its order."""
    newest = CommissionRate.objects.filter(valid_from__lte=moment).order_by("code", "-valid_from", "-pk").distinct("code")
    known = newest.select_related("cooperative__published_revision", "storefront")
    return sorted((rate for rate in known if not rate.is_over), key=lambda rate: (rate.position, rate.code))


def commission_lines_of(order_ids: Collection[int]) -> Mapping[int, CommissionLine]:
    """What was fixed, by order id."""
    return {line.order_id: line for line in CommissionLine.objects.filter(order__in=order_ids)}
