"""What a cooperative earned, what is coming, and why."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from twiza.domain.aftersales.selectors import owed_for_coupons
from twiza.domain.ledger.selectors import coming_to, statement_of
from twiza.domain.orders.selectors import earnings_of
from twiza.domain.orders.selectors.free_delivery import owed_for_free_delivery
from twiza.entrypoints.workspace.access import CooperativeRequest, for_cooperative
from twiza.entrypoints.workspace.earning_words import balance_said, shown, shown_coming
from twiza.entrypoints.workspace.screens import show


@require_safe
@for_cooperative
def show_earnings(request: CooperativeRequest) -> HttpResponse:
    """Newest first; `before` continues an earlier page, without what is coming."""
    before = request.GET.get("before", "")
    statement = statement_of(request.cooperative, before=int(before) if before.isdecimal() and len(before) < 15 else None)
    context = {"statement": statement, "said": balance_said(statement), "rows": [shown(row) for row in statement.rows]}
    if not before:
        context["coming"] = [shown_coming(one) for one in coming_to(request.cooperative)]
        context["earnings"] = earnings_of(request.cooperative)
        context["coupons_centimes"] = owed_for_coupons(request.cooperative)
        context["sent_free_centimes"] = owed_for_free_delivery(request.cooperative)
    return show(request, "earnings.html", **context)
