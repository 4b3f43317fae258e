"""The first screen of those who look after the national register."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from twiza.domain.aftersales.selectors import decisions_waiting_for_keepers
from twiza.domain.directory.selectors import (
    accreditations_to_complete,
    claims_waiting_for_a_keeper,
    count_open_bank_changes,
    count_waiting_reports,
    register_at_a_glance,
    revisions_waiting,
)
from twiza.domain.directory.selectors.candidates import count_candidates
from twiza.domain.orders.selectors import refunds_to_give
from twiza.domain.storefronts.selectors import national_storefront
from twiza.entrypoints.workspace.access import SignedInRequest, for_register_keeper


@require_safe
@for_register_keeper
def show_register(request: SignedInRequest) -> HttpResponse:
    """How many there are, and what waits for a decision."""
    waiting = {
        "bank_changes": count_open_bank_changes(),
        "reports": count_waiting_reports(),
        "claims": claims_waiting_for_a_keeper().count(),
        "duplicates": count_candidates(),
        "revisions": revisions_waiting().count(),
        "refunds": len(refunds_to_give()),
        "labels": accreditations_to_complete().count(),
        "complaints": decisions_waiting_for_keepers(),
        "market": national_storefront(),
    }
    return render(request, "workspace/register.html", {"glance": register_at_a_glance(), **waiting})
