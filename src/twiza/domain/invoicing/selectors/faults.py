"""Every paper read again: numbers, fingerprints, sums, and what should have one and has none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat

from twiza.domain.aftersales.models import Complaint, Return
from twiza.domain.invoicing.models import InvoiceSeries, Issuer, Paper, label_of
from twiza.domain.invoicing.rules import fingerprint_of
from twiza.domain.orders.models import Fulfilment, Order
from twiza.kit import clock

Fault = dict[str, Any]

# So long may the worker take before a paper is missing.
SOON = timedelta(hours=1)


def invoice_faults() -> tuple[int, list[Fault]]:
    """(papers read, what is wrong): one after the other, each once, however many there are."""
    checked, faults = 0, list(_missing())
    for issuer in Issuer.objects.order_by("pk").iterator():
        checked += Paper.objects.filter(issuer=issuer).count()
        faults += _faults_of_issuer(issuer)
    return checked, faults


def orders_without_invoice() -> QuerySet[Order]:
    """Delivered for longer than the worker takes, the oldest first."""
    delivered = Order.objects.filter(
        fulfilment__status=Fulfilment.Status.DELIVERED, fulfilment__delivered_at__lt=clock.now() - SOON
    )
    return _without_paper(delivered, "order:").order_by("pk")


def returns_without_credit() -> QuerySet[Return]:
    """Given back for longer than the worker takes."""
    given = Return.objects.filter(state=Return.State.REFUNDED, refund_centimes__gt=0, refunded_at__lt=clock.now() - SOON)
    return _without_paper(given, "return:").order_by("pk")


def complaints_without_credit() -> QuerySet[Complaint]:
    """Given back for longer than the worker takes."""
    given = Complaint.objects.filter(outcome=Complaint.Outcome.REFUNDED, closed_at__lt=clock.now() - SOON)
    return _without_paper(given, "complaint:").order_by("pk")


def _without_paper(rows: QuerySet[Any], prefix: str) -> QuerySet[Any]:
    cause = Concat(Value(prefix), Cast(OuterRef("pk"), CharField()))
    return rows.filter(~Exists(Paper.objects.filter(cause=cause)))


def _missing() -> Iterator[Fault]:
    for prefix, rows in (
        ("order", orders_without_invoice()),
        ("return", returns_without_credit()),
        ("complaint", complaints_without_credit()),
    ):
        for pk in rows.values_list("pk", flat=True):
            yield {"fault": "missing", "cause": f"{prefix}:{pk}"}


def _faults_of_issuer(issuer: Issuer) -> Iterator[Fault]:
    """Its papers in the order of their numbers; each continues the one before."""
    ends = {series.year: series for series in InvoiceSeries.objects.filter(issuer=issuer)}
    year, number, fingerprint = 0, 0, ""
    papers = Paper.objects.filter(issuer=issuer).select_related("corrects", "order").order_by("year", "number")
    for paper in papers.iterator(chunk_size=500):
        if paper.year != year:
            yield from _end_of(issuer, ends.pop(year, None), number, fingerprint)
            year, number = paper.year, 0
        at = {"issuer": issuer.organisation_id, "number": paper.label}
        if paper.number != number + 1:
            yield {"fault": "gap", **at, "after": label_of(year, number)}
        if paper.previous_fingerprint != fingerprint:
            yield {"fault": "chain", **at}
        for fault in faults_of_paper(paper):
            yield {"fault": fault, **at}
        number, fingerprint = paper.number, paper.fingerprint
    yield from _end_of(issuer, ends.pop(year, None), number, fingerprint)
    for series in ends.values():
        yield from _end_of(issuer, series, 0, series.last_fingerprint if not series.last else "")


def _end_of(issuer: Issuer, series: InvoiceSeries | None, number: int, fingerprint: str) -> Iterator[Fault]:
    """The last number that was given is the last paper there is."""
    if series is not None and (series.last, series.last_fingerprint) != (number, fingerprint):
        yield {"fault": "end", "issuer": issuer.organisation_id, "number": label_of(series.year, number), "given": series.last}


def faults_of_paper(paper: Paper) -> Iterator[str]:
    """What of one paper does not agree with itself, its order or its invoice."""
    said = paper.snapshot
    if fingerprint_of(said) != paper.fingerprint or not paper.fingerprint.startswith(paper.check_code):
        yield "fingerprint"
    columns = (paper.kind, paper.label, paper.issued_on.isoformat(), paper.total_centimes, paper.previous_fingerprint)
    if columns != tuple(said.get(name) for name in ("kind", "number", "issued_on", "total_centimes", "previous")):
        yield "columns"
    if not _sums_agree(paper):
        yield "sums"
    if paper.order is not None and not paper.is_credit_note and paper.total_centimes != paper.order.total_centimes:
        yield "order"
    if paper.corrects is not None and not _is_within(paper, paper.corrects):
        yield "credit"


def _sums_agree(paper: Paper) -> bool:
    said = paper.snapshot
    goods = sum(line["paid_centimes"] for line in said.get("lines", ()))
    taxes = said.get("taxes", ())
    whole = sum(tax["with_tax_centimes"] for tax in taxes)
    parts = all(tax["with_tax_centimes"] == tax["without_tax_centimes"] + tax["tax_centimes"] for tax in taxes)
    return parts and goods + said.get("delivery", {}).get("centimes", 0) == whole == paper.total_centimes


def _is_within(credit: Paper, invoice: Paper) -> bool:
    """It is its issuer's own invoice, and all that was given back of it is no more than it was."""
    given = sum(Paper.objects.filter(corrects=invoice).values_list("total_centimes", flat=True))
    return not invoice.is_credit_note and invoice.issuer_id == credit.issuer_id and given <= invoice.total_centimes
