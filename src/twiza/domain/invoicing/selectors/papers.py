"""Which papers there are: of a buyer's order, of a cooperative's month, behind a printed code."""

from __future__ import annotations

import unicodedata
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.db.models.functions import TruncMonth

from twiza.domain.directory.models import Organisation
from twiza.domain.invoicing.models import InvoiceName, Paper
from twiza.domain.invoicing.rules import fingerprint_of
from twiza.domain.orders.models import Order, OrderGroup
from twiza.kit.errors import NotFound


@dataclass(frozen=True)
class CheckedPaper:
    """What whoever holds a paper may know of it; never who bought what."""

    paper: Paper
    is_as_issued: bool
    credit_notes: tuple[Paper, ...]


@dataclass(frozen=True)
class PaperSums:
    """What papers come to together; the tax is that of invoices less that of credit notes."""

    invoiced_centimes: int
    credited_centimes: int
    tax_centimes: int

    @property
    def left_centimes(self) -> int:
        return self.invoiced_centimes - self.credited_centimes


def papers_of(orders: Iterable[Order]) -> dict[int, list[Paper]]:
    """By order, its invoice and its credit notes as they were issued, without what stands on them."""
    found: dict[int, list[Paper]] = {}
    for paper in _in_order(Paper.objects.filter(order__in=list(orders))).defer("snapshot"):
        found.setdefault(paper.order_id or 0, []).append(paper)
    return found


def may_be_named(group: OrderGroup) -> bool:
    """Whether some of its invoices are still to come, so that the buyer may say in whose name."""
    return group.status not in {OrderGroup.Status.DONE, OrderGroup.Status.CANCELLED}


def name_asked_for(group: OrderGroup) -> InvoiceName | None:
    """What the buyer asked for; nothing when the invoices are in the buyer's own name."""
    return InvoiceName.objects.filter(group=group).first()


def paper_behind(group: OrderGroup, paper_id: int) -> Paper:
    """One of the papers of a purchase, for whoever has its link. Raises NotFound."""
    return _only(Paper.objects.filter(order__group=group, pk=paper_id))


def paper_of_cooperative(cooperative: Organisation, paper_id: int) -> Paper:
    """Issued by it, or by a page that became part of it. Ask for the cooperative through the viewer first. Raises NotFound."""
    return _only(Paper.objects.filter(_issued_by(cooperative), pk=paper_id))


def papers_of_month(cooperative: Organisation, month: date) -> Sequence[Paper]:
    """All it issued in the month that this day is in, the first first. Ask for the cooperative through the viewer first."""
    last = month.replace(day=monthrange(month.year, month.month)[1])
    wanted = Paper.objects.filter(_issued_by(cooperative), issued_on__range=(month.replace(day=1), last))
    return list(_in_order(wanted).select_related("corrects"))


def sums_of(papers: Sequence[Paper]) -> PaperSums:
    """Invoices and credit notes apart."""
    invoiced = sum(paper.total_centimes for paper in papers if not paper.is_credit_note)
    credited = sum(paper.total_centimes for paper in papers if paper.is_credit_note)
    return PaperSums(invoiced, credited, sum(tax_of(paper) * (-1 if paper.is_credit_note else 1) for paper in papers))


def tax_of(paper: Paper) -> int:
    """What of its amount is tax, in centimes."""
    return sum(tax["tax_centimes"] for tax in paper.snapshot["taxes"])


def months_with_papers(cooperative: Organisation) -> list[date]:
    """The first day of each, the newest first. Ask for the cooperative through the viewer first."""
    issued = Paper.objects.filter(_issued_by(cooperative)).order_by()
    return list(issued.annotate(month=TruncMonth("issued_on")).values_list("month", flat=True).distinct().order_by("-month"))


def checked_paper(typed: str) -> CheckedPaper:
    """The paper with this printed code, however it was typed, and whether it still says what it was issued with.

    Raises NotFound.
    """
    paper = _only(Paper.objects.filter(check_code=_code_in(typed)))
    return CheckedPaper(paper, is_as_issued(paper), tuple(_in_order(paper.credit_notes.all()).defer("snapshot")))


def is_as_issued(paper: Paper) -> bool:
    """What it says makes its fingerprint, its columns say the same, and the paper before it is the one that it names."""
    said = paper.snapshot
    columns = {
        "kind": paper.kind,
        "number": paper.label,
        "issued_on": paper.issued_on.isoformat(),
        "total_centimes": paper.total_centimes,
        "previous": paper.previous_fingerprint,
    }
    if fingerprint_of(said) != paper.fingerprint or any(said.get(name) != value for name, value in columns.items()):
        return False
    before = Paper.objects.filter(Q(year=paper.year, number__lt=paper.number) | Q(year__lt=paper.year), issuer=paper.issuer_id)
    last = before.order_by("-year", "-number").values_list("fingerprint", flat=True).first()
    return (last or "") == paper.previous_fingerprint


def _code_in(typed: str) -> str:
    """As it is kept: without spaces and hyphens, in small letters, Arabic digits as ours."""
    signs = (sign for sign in typed[:80] if sign.isalnum())
    return "".join(str(unicodedata.digit(sign)) if sign.isdigit() else sign.lower() for sign in signs)


def _issued_by(cooperative: Organisation) -> Q:
    return Q(issuer__organisation=cooperative) | Q(issuer__organisation__merged_into=cooperative)


def _in_order(papers: QuerySet[Paper]) -> QuerySet[Paper]:
    return papers.order_by("issuer_id", "year", "number")


def _only(papers: QuerySet[Paper]) -> Paper:
    paper = papers.select_related("issuer", "corrects", "order__cooperative").first()
    if paper is None:
        raise NotFound
    return paper
