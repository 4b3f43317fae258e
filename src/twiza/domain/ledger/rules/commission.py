"""What the market keeps: which rate holds for an order, and what it comes to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from twiza.domain.ledger.models import CommissionRate
from twiza.domain.ledger.models.commission import Terms

WHOLE = 10_000


@dataclass(frozen=True)
class Commission:
    """In centimes. The cooperative has what is left: only the market's share is rounded."""

    centimes: int = 0
    vat_centimes: int = 0

    @property
    def total_centimes(self) -> int:
        return self.centimes + self.vat_centimes


def rate_for(
    rates: Sequence[CommissionRate], *, cooperative_id: int, storefront_ids: frozenset[int], pay_with: str
) -> CommissionRate | None:
    """The first of the list that fits; none when none does: then nothing is kept."""
    for rate in rates:
        is_its = rate.cooperative_id in {None, cooperative_id}
        is_there = rate.storefront_id is None or storefront_ids == {rate.storefront_id}
        if is_its and is_there and rate.pay_with in {"", pay_with}:
            return rate
    return None


def commission_on(terms: Terms | None, base_centimes: int) -> Commission:
    """At least the floor, at most the cap, never more than there is; TVA on what that makes."""
    if terms is None or not base_centimes:
        return Commission()
    share = max(part_of(base_centimes, terms.percent_basis_points, WHOLE), terms.floor_centimes)
    if terms.cap_centimes is not None:
        share = min(share, terms.cap_centimes)
    share = min(share, base_centimes)
    return Commission(share, part_of(share, terms.vat_basis_points, WHOLE))


def commission_back(kept: Commission, base_centimes: int, *, before_centimes: int, back_centimes: int) -> Commission:
    """What of it goes back when so much of its base does, after so much went back before: for all of the base, all of it."""
    first = _part_back(kept, base_centimes, before_centimes)
    second = _part_back(kept, base_centimes, before_centimes + back_centimes)
    return Commission(second.centimes - first.centimes, second.vat_centimes - first.vat_centimes)


def part_of(centimes: int, share: int, whole: int) -> int:
    """To the nearest centime, half up."""
    return int((Decimal(centimes) * share / whole).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _part_back(kept: Commission, base_centimes: int, back_centimes: int) -> Commission:
    if not base_centimes:
        return Commission()
    back = min(back_centimes, base_centimes)
    return Commission(part_of(kept.centimes, back, base_centimes), part_of(kept.vat_centimes, back, base_centimes))
