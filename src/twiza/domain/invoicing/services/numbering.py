"""The one writer of papers: the next number of the issuer's year, and a fingerprint that continues the one before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from twiza.domain.invoicing.models import InvoiceSeries, Issuer, Paper, label_of
from twiza.domain.invoicing.rules import CHECK_LENGTH, fingerprint_of
from twiza.domain.orders.models import Order
from twiza.foundation.audit.services import record
from twiza.kit import clock


@dataclass(frozen=True)
class Draft:
    """A paper before it has a number. `facts` is what stands on it: plain values only, amounts as whole centimes."""

    kind: str
    cause: str
    total_centimes: int
    facts: Mapping[str, Any]
    order: Order | None = None
    corrects: Paper | None = None


def put_in_series(issuer: Issuer, draft: Draft) -> Paper:
    """The draft is issued today, under the number after the last. Call it inside a transaction, with the issuer locked.

    When the transaction does not commit, its number was never given.
    """
    day = clock.today()
    series = _series_of(issuer, day.year)
    number = series.last + 1
    snapshot = {
        **draft.facts,
        "kind": draft.kind,
        "number": label_of(day.year, number),
        "issuer": issuer.organisation_id,
        "issued_on": day.isoformat(),
        "total_centimes": draft.total_centimes,
        "previous": series.last_fingerprint,
    }
    fingerprint = fingerprint_of(snapshot)
    paper = Paper.objects.create(
        issuer=issuer,
        year=day.year,
        number=number,
        kind=draft.kind,
        cause=draft.cause,
        order=draft.order,
        corrects=draft.corrects,
        issued_on=day,
        total_centimes=draft.total_centimes,
        snapshot=snapshot,
        previous_fingerprint=series.last_fingerprint,
        fingerprint=fingerprint,
        check_code=fingerprint[:CHECK_LENGTH],
    )
    series.last, series.last_fingerprint = number, fingerprint
    series.save(update_fields=["last", "last_fingerprint"])
    record("invoicing.issued", subject=f"paper:{paper.pk}", by=None, details={"number": paper.label, "cause": paper.cause})
    return paper


def _series_of(issuer: Issuer, year: int) -> InvoiceSeries:
    """A new year begins at one, and continues the fingerprint of the year before."""
    series = InvoiceSeries.objects.filter(issuer=issuer, year=year).first()
    if series is not None:
        return series
    before = InvoiceSeries.objects.filter(issuer=issuer).order_by("year").last()
    return InvoiceSeries.objects.create(issuer=issuer, year=year, last_fingerprint=before.last_fingerprint if before else "")
