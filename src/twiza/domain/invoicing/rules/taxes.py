"""What of an amount is tax. Prices have it within them; nothing is lost or made by rounding. Amounts in centimes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from twiza.kit.money import split


@dataclass(frozen=True)
class TaxLine:
    """How something is taxed: `code` is rate, exempt, outside, or the issuer's own exemption; percent is 0 but for a rate."""

    code: str
    percent: int
    law_fr: str
    law_ar: str


@dataclass(frozen=True)
class TaxSum:
    """All of one paper that is taxed alike."""

    tax: TaxLine
    with_tax_centimes: int
    tax_centimes: int

    @property
    def without_tax_centimes(self) -> int:
        return self.with_tax_centimes - self.tax_centimes


def tax_within(centimes: int, percent: int) -> int:
    """What of an amount with tax is the tax, to the nearest centime."""
    whole = 100 + percent
    return (2 * centimes * percent + whole) // (2 * whole)


def sums_by_class(amounts: Sequence[tuple[TaxLine, int]]) -> list[TaxSum]:
    """One sum for all that is taxed alike, in the order in which they first come. Together they are all the amounts."""
    sums: dict[TaxLine, int] = {}
    for tax, centimes in amounts:
        sums[tax] = sums.get(tax, 0) + centimes
    return [TaxSum(tax, centimes, tax_within(centimes, tax.percent)) for tax, centimes in sums.items()]


def spread(centimes: int, over: Mapping[TaxLine, int]) -> dict[TaxLine, int]:
    """What comes with goods is taxed as they are: so much of it by each class, in proportion, exactly all of it.

    When the goods cost nothing, all of it goes with the first.
    """
    weights = list(over.values()) if any(over.values()) else [1] + [0] * (len(over) - 1)
    return dict(zip(over, split(centimes, weights), strict=True))


def credited(invoiced: TaxSum, before_centimes: int, centimes: int) -> TaxSum:
    """What of an invoice's sum goes back when `before_centimes` of it went back earlier.

    Each part takes its share of the tax that was really invoiced: all parts together give back exactly that tax.
    """
    tax = _share(invoiced, before_centimes + centimes) - _share(invoiced, before_centimes)
    return TaxSum(invoiced.tax, centimes, tax)


def _share(invoiced: TaxSum, centimes: int) -> int:
    whole = invoiced.with_tax_centimes
    return (2 * invoiced.tax_centimes * centimes + whole) // (2 * whole) if whole else 0
