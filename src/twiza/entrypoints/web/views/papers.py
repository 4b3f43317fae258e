"""Invoices and credit notes: the buyer's own, behind the order's link, and what whoever holds one may check."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from twiza.domain.invoicing.selectors import checked_paper, paper_as_read, paper_behind
from twiza.domain.orders.selectors import group_by_token
from twiza.entrypoints.ui.papers import check_of
from twiza.kit.errors import NotFound

MOST_TYPED = 40


@never_cache
@require_safe
def show_paper(request: HttpRequest, token: str, paper_id: int) -> HttpResponse:
    try:
        group = group_by_token(token)
        paper = paper_behind(group, paper_id)
    except NotFound as missing:
        raise Http404 from missing
    read = paper_as_read(paper, get_language() or "fr")
    return render(request, "web/papers/paper.html", {"group": group, "paper": read, "check": check_of(paper.check_code)})


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
