"""Papers as rows of a table, for whoever keeps the books."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from twiza.domain.invoicing.models import Paper
from twiza.kit.spreadsheets import inert_cell

# What each row begins with; then the tax of each rate, then what it comes to with all of it, and the fingerprint.
PAPER_COLUMNS = ("number", "kind", "day", "order", "delivered", "buyer", "paid_with", "corrects", "without_tax")


def rates_in(papers: Iterable[Paper]) -> list[int]:
    """The rates that stand on them, in percent, the highest first."""
    return sorted({tax["percent"] for paper in papers for tax in paper.snapshot["taxes"] if tax["percent"]}, reverse=True)


def paper_rows(papers: Iterable[Paper], rates: Sequence[int]) -> Iterator[list[str]]:
    """PAPER_COLUMNS, the tax of each of these rates, the total, the fingerprint.

    Amounts in dirhams with a comma, below nothing on a credit note; what people wrote is inert.
    """
    for paper in papers:
        said, sign = paper.snapshot, -1 if paper.is_credit_note else 1
        tax = sum(one["tax_centimes"] for one in said["taxes"])
        yield [
            paper.label,
            paper.kind,
            paper.issued_on.isoformat(),
            inert_cell(said["order"]["number"]),
            said["order"]["delivered_on"],
            inert_cell(said["buyer"]["name"]),
            said["order"]["pay_with"],
            said.get("corrects", {}).get("number", ""),
            _dirhams(sign * (paper.total_centimes - tax)),
            *(_dirhams(sign * _tax_at(said["taxes"], percent)) for percent in rates),
            _dirhams(sign * paper.total_centimes),
            paper.fingerprint,
        ]


def _tax_at(taxes: Iterable[Mapping[str, int]], percent: int) -> int:
    return sum(tax["tax_centimes"] for tax in taxes if tax["percent"] == percent)


def _dirhams(centimes: int) -> str:
    whole, rest = divmod(abs(centimes), 100)
    return f"{'-' if centimes < 0 else ''}{whole},{rest:02d}"
