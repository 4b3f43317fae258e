"""What all issuers issued, for those who look after the market's money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from twiza.domain.directory.models import Organisation
from twiza.domain.directory.rules import keeps_register
from twiza.domain.invoicing.models import Issuer, Paper
from twiza.foundation.accounts.models import User
from twiza.kit.errors import NotFound

MOST_SHOWN = 100


@dataclass(frozen=True)
class IssuerMonth:
    """What one of them issued in a month; amounts in centimes."""

    organisation: Organisation
    papers: int
    invoiced_centimes: int
    credited_centimes: int


@dataclass(frozen=True)
class MarketMonth:
    """All of them together, and those who issued most."""

    issuers: int
    papers: int
    invoiced_centimes: int
    credited_centimes: int
    most: Sequence[IssuerMonth]


def market_month(month: date, viewer: User) -> MarketMonth:
    """What was issued in the month that this day is in. Raises NotFound for whoever does not keep the register."""
    if not keeps_register(viewer):
        raise NotFound
    papers = Paper.objects.filter(issued_on__year=month.year, issued_on__month=month.month).order_by()
    rows = _summed(papers)
    first = sorted(rows, key=lambda row: (-row["invoiced"], row["issuer"]))[:MOST_SHOWN]
    issuers = Issuer.objects.select_related("organisation__published_revision").in_bulk([row["issuer"] for row in first])
    return MarketMonth(
        issuers=len(rows),
        papers=sum(row["papers"] for row in rows),
        invoiced_centimes=sum(row["invoiced"] for row in rows),
        credited_centimes=sum(row["credited"] for row in rows),
        most=[IssuerMonth(issuers[row["issuer"]].organisation, row["papers"], row["invoiced"], row["credited"]) for row in first],
    )


def months_of_the_market() -> list[date]:
    """The first day of each month in which anything was issued, the newest first."""
    issued = Paper.objects.order_by().annotate(month=TruncMonth("issued_on"))
    return list(issued.values_list("month", flat=True).distinct().order_by("-month"))


def _summed(papers: QuerySet[Paper]) -> list[dict[str, int]]:
    """One row for each issuer."""
    credit = Q(kind=Paper.Kind.CREDIT_NOTE)
    found = papers.values("issuer").annotate(
        papers=Count("pk"),
        invoiced=Sum("total_centimes", filter=~credit, default=0),
        credited=Sum("total_centimes", filter=credit, default=0),
    )
    return [{name: int(value) for name, value in row.items()} for row in found]
