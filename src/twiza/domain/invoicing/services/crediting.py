"""The credit note of what was given back: it names its invoice, and gives back the tax that was invoiced."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from twiza.domain.aftersales.models import Complaint, Return
from twiza.domain.invoicing.locking import lock_issuer
from twiza.domain.invoicing.models import Paper
from twiza.domain.invoicing.rules import TaxLine, TaxSum, credited
from twiza.domain.invoicing.services.issuing import issue_invoice, tax_facts, words_of
from twiza.domain.invoicing.services.numbering import Draft, put_in_series
from twiza.kit.money import split


@transaction.atomic
def credit_return(return_id: int) -> Paper | None:
    """What was given back for a return, line by line, and the delivery when it went back too. Credited twice, it is once.

    Nothing when nothing was given back. Locks the issuer.
    """
    returned = Return.objects.prefetch_related("lines").get(pk=return_id)
    parts = [(one.line_id, one.quantity, one.refund_centimes) for one in returned.lines.all()]
    delivery = returned.refund_centimes - sum(centimes for _line, _pieces, centimes in parts)
    return _credit(returned.order_id, returned.reference, "return", parts, delivery)


@transaction.atomic
def credit_complaint(complaint_id: int) -> Paper | None:
    """What was given back for something that was wrong. Credited twice, it is once. Locks the issuer."""
    complaint = Complaint.objects.select_related("line").get(pk=complaint_id)
    parts = [(complaint.line_id, complaint.pieces, complaint.settled_centimes)]
    return _credit(complaint.line.order_id, complaint.reference, "complaint", parts, 0)


def _credit(order_id: int, cause: str, why: str, parts: Sequence[tuple[int, int, int]], delivery: int) -> Paper | None:
    total = delivery + sum(centimes for _line, _pieces, centimes in parts)
    if not total:
        return None
    invoice = issue_invoice(order_id)
    issuer = lock_issuer(invoice.issuer.organisation_id)
    issued = Paper.objects.filter(cause=cause).first()
    if issued is not None:
        return issued
    facts = _facts(invoice, why, parts, delivery, total)
    draft = Draft(Paper.Kind.CREDIT_NOTE.value, cause, total, facts, invoice.order, invoice)
    return put_in_series(issuer, draft)


def _facts(invoice: Paper, why: str, parts: Sequence[tuple[int, int, int]], delivery: int, total: int) -> dict[str, Any]:
    said = invoice.says
    lines = {line["line"]: line for line in said["lines"]}
    by_tax = split(delivery, said["delivery"]["by_tax"]) if delivery else [0] * len(said["taxes"])
    amounts = list(by_tax)
    for line, _pieces, centimes in parts:
        amounts[lines[line]["tax"]] += centimes
    return {
        **{name: said[name] for name in ("version", "regime", "seller", "buyer", "order", "currency")},
        "why": why,
        "corrects": {"number": invoice.label, "issued_on": said["issued_on"], "fingerprint": invoice.fingerprint},
        "lines": [_line_facts(lines[line], pieces, centimes) for line, pieces, centimes in parts],
        "delivery": {"centimes": delivery, "by_tax": by_tax},
        "taxes": tax_facts(_taxes(invoice, amounts)),
        "words": words_of(total),
    }


def _line_facts(invoiced: Mapping[str, Any], pieces: int, centimes: int) -> dict[str, Any]:
    return {
        **{name: invoiced[name] for name in ("line", "name_fr", "name_ar", "content_fr", "content_ar", "tax")},
        "quantity": pieces,
        "paid_centimes": centimes,
    }


def _taxes(invoice: Paper, amounts: Sequence[int]) -> list[TaxSum]:
    """By each class of the invoice, in its order; what went back before counts, so that the last part takes the rest."""
    before = [0] * len(amounts)
    for paper in invoice.credit_notes.all():
        for place, tax in enumerate(paper.says["taxes"]):
            before[place] += tax["with_tax_centimes"]
    sums = [TaxSum(_tax(tax), tax["with_tax_centimes"], tax["tax_centimes"]) for tax in invoice.says["taxes"]]
    return [credited(one, already, now) for one, already, now in zip(sums, before, amounts, strict=True)]


def _tax(said: Mapping[str, Any]) -> TaxLine:
    return TaxLine(said["code"], said["percent"], said["law_fr"], said["law_ar"])
