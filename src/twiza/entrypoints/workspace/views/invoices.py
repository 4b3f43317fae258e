"""A cooperative's invoices and credit notes, month by month, and how its TVA is."""

from __future__ import annotations

import csv
import io
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from twiza.domain.directory.rules import answers_for_money
from twiza.domain.invoicing.selectors import (
    PAPER_COLUMNS,
    missing_numbers,
    months_with_papers,
    paper_as_read,
    paper_of_cooperative,
    paper_rows,
    papers_of_month,
    rates_in,
    regime_of,
    regimes_said_by,
    sums_of,
)
from twiza.domain.invoicing.services import say_regime
from twiza.entrypoints.ui.papers import check_of, pdf_answer
from twiza.entrypoints.ui.pdf import draws_pdf
from twiza.entrypoints.workspace.access import CooperativeRequest, for_cooperative, for_its_people
from twiza.entrypoints.workspace.screens import go, refuse, show
from twiza.entrypoints.workspace.tax_forms import TaxForm
from twiza.kit import clock
from twiza.kit.errors import DomainError


@require_safe
@for_cooperative
def show_month(request: CooperativeRequest) -> HttpResponse:
    """`?month=2026-11`; without it, the newest month with a paper in it."""
    months = months_with_papers(request.cooperative)
    month = month_in(request.GET.get("month", "")) or (months[0] if months else clock.today().replace(day=1))
    papers = papers_of_month(request.cooperative, month)
    language = get_language() or "fr"
    return show(
        request,
        "invoices.html",
        month=month,
        months=months,
        papers=[paper_as_read(paper, language) for paper in papers],
        sums=sums_of(papers),
        regime=regime_of(request.cooperative, clock.today()),
        missing=missing_numbers(request.cooperative),
    )


@require_safe
@for_cooperative
def show_one(request: CooperativeRequest, paper_id: int) -> HttpResponse:
    """As the buyer has it, to print."""
    paper = paper_of_cooperative(request.cooperative, paper_id)
    read = paper_as_read(paper, get_language() or "fr")
    seller = paper.order.cooperative.slug if paper.order else ""
    return show(request, "invoice.html", paper=read, check=check_of(paper.check_code), seller=seller, draws_pdf=draws_pdf())


@require_http_methods(["GET", "HEAD", "POST"])
@for_its_people
def say_tax(request: CooperativeRequest) -> HttpResponse:
    """Its president or treasurer says it; everybody there reads it."""
    now = regime_of(request.cooperative, clock.today())
    form = TaxForm(request.POST if request.method == "POST" else None, initial={"regime": now})
    if form.is_valid():
        try:
            say_regime(request.cooperative, form.cleaned_data["regime"], form.cleaned_data["valid_from"], by=request.user)
        except DomainError as refusal:
            refuse(request, refusal)
        else:
            messages.success(request, _("It is noted. Invoices say so from that day on."))
        return go(request, "invoices_tax")
    may = answers_for_money(request.user, request.cooperative)
    return show(request, "invoices_tax.html", form=form, may=may, now=now, said=regimes_said_by(request.cooperative))


@require_safe
@for_cooperative
def send_list(request: CooperativeRequest) -> HttpResponse:
    """The papers of `?month=` for a spreadsheet: semicolons, UTF-8 with its mark."""
    month = month_in(request.GET.get("month", "")) or clock.today()
    papers = papers_of_month(request.cooperative, month)
    rates, text = rates_in(papers), io.StringIO()
    rows = csv.writer(text, delimiter=";")
    rows.writerow([*_headings(), *(_("TVA %(percent)s%%") % {"percent": percent} for percent in rates), *_last_headings()])
    rows.writerows(paper_rows(papers, rates))
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="invoices-{month:%Y-%m}.csv"'
    return response


@require_safe
@for_cooperative
def send_pdf(request: CooperativeRequest, paper_id: int) -> HttpResponse:
    """The same paper as a file, where this installation draws files."""
    paper = paper_of_cooperative(request.cooperative, paper_id)
    return pdf_answer(paper_as_read(paper, get_language() or "fr"))


def _headings() -> list[str]:
    """Of PAPER_COLUMNS, in the reader's language."""
    named = {
        "number": _("Number"),
        "kind": _("Kind of paper"),
        "day": _("Day"),
        "order": _("Order"),
        "delivered": pgettext("on an invoice", "Delivered"),
        "buyer": _("Buyer"),
        "paid_with": _("Paid with"),
        "corrects": _("For invoice"),
        "without_tax": _("Without tax"),
    }
    return [named[column] for column in PAPER_COLUMNS]


def _last_headings() -> list[str]:
    return [_("Total, all included"), "SHA-256"]


def month_in(typed: str) -> date | None:
    """The first day of `2026-11`."""
    try:
        return date.fromisoformat(f"{typed[:7]}-01")
    except ValueError:
        return None
