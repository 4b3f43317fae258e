"""The account the cooperative is paid on: asking for another, approving as the second person, stopping."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from twiza.domain.directory.forms import BankAccountForm
from twiza.domain.directory.selectors import (
    bank_account_ending_of,
    bank_change_of,
    open_bank_change_of,
    past_bank_changes_of,
)
from twiza.domain.directory.services.bank_details import approve_bank_change, ask_for_bank_change, stop_bank_change
from twiza.entrypoints.workspace.access import CooperativeRequest, for_its_people
from twiza.entrypoints.workspace.chosen import chosen_id
from twiza.entrypoints.workspace.screens import go, refuse, show
from twiza.kit.errors import DomainError

if TYPE_CHECKING:
    from twiza.domain.directory.models import BankDetailsChange


@sensitive_post_parameters("rib")
@require_http_methods(["GET", "HEAD", "POST"])
@for_its_people
def show_account(request: CooperativeRequest) -> HttpResponse:
    """The last four figures of the account, the change that waits, and the form that asks for one."""
    if request.method != "POST":
        return _show(request, BankAccountForm())
    form = BankAccountForm(request.POST)
    if not form.is_valid():
        return _show(request, form)
    try:
        ask_for_bank_change(request.cooperative, form.cleaned_data["rib"], by=request.user)
    except DomainError as refusal:
        form.add_error("rib", str(refusal))
        return _show(request, form)
    messages.success(request, _("It is asked. Every member with a telephone gets a text now."))
    return go(request, "bank")


@require_POST
@for_its_people
def approve(request: CooperativeRequest) -> HttpResponse:
    """The second person says yes to the change that was on the screen."""
    try:
        approve_bank_change(_change(request), by=request.user)
    except DomainError as refusal:
        refuse(request, refusal)
    else:
        messages.success(request, _("Approved. The account changes when the 72 hours are over."))
    return go(request, "bank")


@require_POST
@for_its_people
def stop(request: CooperativeRequest) -> HttpResponse:
    """Any member says no."""
    try:
        stop_bank_change(_change(request), by=request.user)
    except DomainError as refusal:
        refuse(request, refusal)
    else:
        messages.success(request, _("Stopped. The account stays as it was."))
    return go(request, "bank")


def _change(request: CooperativeRequest) -> BankDetailsChange:
    return bank_change_of(request.cooperative, chosen_id(request, "change"))


def _show(request: CooperativeRequest, form: BankAccountForm) -> HttpResponse:
    return show(
        request,
        "bank.html",
        form=form,
        ending=bank_account_ending_of(request.cooperative),
        waiting=open_bank_change_of(request.cooperative, request.user),
        past=past_bank_changes_of(request.cooperative),
    )
