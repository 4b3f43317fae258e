"""Invoices and credit notes: the buyer's own, behind the order's link, and what whoever holds one may check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from twiza.domain.invoicing.forms import InvoiceNameForm
from twiza.domain.invoicing.selectors import ReadPaper, checked_paper, name_asked_for, paper_as_read, paper_behind
from twiza.domain.invoicing.services import name_on_invoices
from twiza.domain.orders.selectors import group_by_token
from twiza.entrypoints.ui.papers import check_of, pdf_answer
from twiza.entrypoints.ui.pdf import draws_pdf
from twiza.kit.errors import DomainError, NotFound

if TYPE_CHECKING:
    from twiza.domain.orders.models import OrderGroup

MOST_TYPED = 40


@never_cache
@require_safe
def show_paper(request: HttpRequest, token: str, paper_id: int) -> HttpResponse:
    group, read = _paper(token, paper_id)
    known = {"group": group, "paper": read, "check": check_of(read.check_code), "draws_pdf": draws_pdf()}
    return render(request, "web/papers/paper.html", known)


@never_cache
@require_safe
def send_pdf(request: HttpRequest, token: str, paper_id: int) -> HttpResponse:
    """The same as a file, where this installation draws files."""
    return pdf_answer(_paper(token, paper_id)[1])


def _paper(token: str, paper_id: int) -> tuple[OrderGroup, ReadPaper]:
    try:
        group = group_by_token(token)
        return group, paper_as_read(paper_behind(group, paper_id), get_language() or "fr")
    except NotFound as missing:
        raise Http404 from missing


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def say_name(request: HttpRequest, token: str) -> HttpResponse:
    """The buyer wants the invoices to come in the name of a company or an association."""
    try:
        group = group_by_token(token)
    except NotFound as missing:
        raise Http404 from missing
    asked = name_asked_for(group)
    known = {"name": asked.name, "ice": asked.ice} if asked else {}
    form = InvoiceNameForm(request.POST if request.method == "POST" else None, initial=known)
    if form.is_valid():
        try:
            name_on_invoices(group, form.cleaned_data["name"], form.cleaned_data["ice"])
            messages.success(request, _("It is noted. The invoices come in this name."))
        except DomainError as refusal:
            messages.error(request, str(refusal))
        return redirect("web:order", token)
    return render(request, "web/papers/name.html", {"group": group, "form": form}, status=400 if form.is_bound else 200)


@never_cache
@require_safe
def ask_code(request: HttpRequest) -> HttpResponse:
    """`?code=` leads to what is known of that paper."""
    typed = "".join(sign for sign in request.GET.get("code", "")[:MOST_TYPED] if sign.isalnum())
    return redirect("web:paper-checked", typed) if typed else render(request, "web/papers/check.html", {})


@never_cache
@require_safe
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Number, seller, day and amount, to compare; never who bought what."""
    try:
        checked = checked_paper(code)
    except NotFound:
        return render(request, "web/papers/check.html", {"typed": code[:MOST_TYPED]}, status=404)
    read = paper_as_read(checked.paper, get_language() or "fr")
    return render(request, "web/papers/check.html", {"checked": checked, "read": read})
