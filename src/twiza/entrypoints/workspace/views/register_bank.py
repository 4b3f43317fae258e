"""Changes of bank account as the register's office sees them: it approves only where nobody else can, and may stop any."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from twiza.domain.directory.selectors import get_bank_change, open_bank_changes
from twiza.domain.directory.services.bank_details import approve_bank_change, stop_bank_change
from twiza.entrypoints.workspace.access import SignedInRequest, for_register_keeper
from twiza.entrypoints.workspace.chosen import chosen_id
from twiza.kit.errors import DomainError, NotFound

if TYPE_CHECKING:
    from twiza.domain.directory.models import BankDetailsChange
    from twiza.foundation.accounts.models import User


@require_safe
@for_register_keeper
def show_waiting(request: SignedInRequest) -> HttpResponse:
    return render(request, "workspace/register_bank.html", {"waiting": open_bank_changes(request.user)})


@require_POST
@for_register_keeper
def approve(request: SignedInRequest) -> HttpResponse:
    return _answer(request, approve_bank_change, _("Approved. The account changes when the 72 hours are over."))


@require_POST
@for_register_keeper
def stop(request: SignedInRequest) -> HttpResponse:
    return _answer(request, stop_bank_change, _("Stopped. The account stays as it was."))


def _answer(request: SignedInRequest, act: Callable[[BankDetailsChange, User], BankDetailsChange], done: str) -> HttpResponse:
    try:
        act(get_bank_change(chosen_id(request, "change")), request.user)
    except NotFound:
        raise
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return HttpResponseRedirect(reverse("workspace:register_bank"))
