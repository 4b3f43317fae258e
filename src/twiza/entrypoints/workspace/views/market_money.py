"""The first screen of those who look after the market's money."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from twiza.domain.invoicing.selectors import orders_without_invoice
from twiza.domain.ledger.selectors import rates_to_decide
from twiza.domain.orders.selectors import refunds_to_give
from twiza.domain.payments.selectors import cash_owed_to_us, count_lines_to_look_at
from twiza.domain.payouts.selectors import who_is_owed
from twiza.entrypoints.workspace.access import SignedInRequest, for_register_keeper


@require_safe
@for_register_keeper
def show_money(request: SignedInRequest) -> HttpResponse:
    """What there is to do with it, and how much of it waits."""
    waiting = {
        "refunds": len(refunds_to_give()),
        "without_invoice": orders_without_invoice().count(),
        "rates": len(rates_to_decide()),
        "cash_centimes": cash_owed_to_us(request.user),
        "transfers": count_lines_to_look_at(),
        "payable_centimes": sum(one.centimes for one in who_is_owed(request.user) if one.centimes > 0),
    }
    return render(request, "workspace/market_money.html", waiting)
