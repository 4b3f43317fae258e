"""The journal, from the whole down to one entry and the order or payment it was written for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from twiza.domain.ledger.selectors.browsing import (
    account_page,
    accounts_of_kind,
    entries_of_order,
    entry_with,
    kind_sums,
    orders_numbered,
)
from twiza.entrypoints.workspace.access import SignedInRequest, for_register_keeper


@require_safe
@for_register_keeper
def show_kinds(request: SignedInRequest) -> HttpResponse:
    """What there is of each kind; and the orders of a number that is asked for."""
    asked = request.GET.get("number", "")
    context = {"kinds": kind_sums(), "asked": asked, "orders": orders_numbered(asked)}
    return render(request, "workspace/money_ledger.html", context)


@require_safe
@for_register_keeper
def show_kind(request: SignedInRequest, kind: str) -> HttpResponse:
    accounts = accounts_of_kind(kind)
    return render(request, "workspace/money_ledger_kind.html", {"accounts": accounts, "kind": kind})


@require_safe
@for_register_keeper
def show_account(request: SignedInRequest, account_id: int) -> HttpResponse:
    page = account_page(account_id, before=_before(request))
    return render(request, "workspace/money_ledger_account.html", {"page": page, "account": page.account})


@require_safe
@for_register_keeper
def show_entry(request: SignedInRequest, entry_id: int) -> HttpResponse:
    return render(request, "workspace/money_ledger_entry.html", {"entry": entry_with(entry_id)})


@require_safe
@for_register_keeper
def show_order(request: SignedInRequest, order_id: int) -> HttpResponse:
    """All that was written of one order."""
    entries = entries_of_order(order_id)
    order = next((entry.order for entry in entries if entry.order), None)
    return render(request, "workspace/money_ledger_order.html", {"entries": entries, "order": order})


def _before(request: HttpRequest) -> int | None:
    before = request.GET.get("before", "")
    return int(before) if before.isdecimal() and len(before) < 15 else None
