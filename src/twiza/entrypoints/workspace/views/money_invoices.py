"""What all cooperatives issued, month by month, for those who look after the market's money."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from twiza.domain.invoicing.selectors import market_month, months_of_the_market, orders_without_invoice
from twiza.entrypoints.workspace.access import SignedInRequest, for_register_keeper
from twiza.entrypoints.workspace.views.invoices import month_in
from twiza.kit import clock


@require_safe
@for_register_keeper
def show_month(request: SignedInRequest) -> HttpResponse:
    """`?month=2026-11`; without it, the newest month with a paper in it."""
    months = months_of_the_market()
    month = month_in(request.GET.get("month", "")) or (months[0] if months else clock.today().replace(day=1))
    context = {
        "month": month,
        "months": months,
        "all": market_month(month, request.user),
        "without": orders_without_invoice().count(),
    }
    return render(request, "workspace/market_invoices.html", context)
