"""What is to be given back through the bank: in the bank's own pages, then said here."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from twiza.domain.orders.selectors import refunds_to_give
from twiza.domain.payments.services import record_card_refund
from twiza.entrypoints.workspace.access import SignedInRequest, for_register_keeper
from twiza.entrypoints.workspace.chosen import chosen_id
from twiza.kit import clock


@require_safe
@for_register_keeper
def show_waiting(request: SignedInRequest) -> HttpResponse:
    context = {"refunds": refunds_to_give(), "today": clock.today()}
    return render(request, "workspace/register_refunds.html", context)


@require_POST
@for_register_keeper
def given(request: SignedInRequest) -> HttpResponse:
    record_card_refund(chosen_id(request, "refund"), by=request.user)
    messages.success(request, _("It is kept: the buyer reads on the order's page that the money is back."))
    return HttpResponseRedirect(reverse("workspace:register_refunds"))
