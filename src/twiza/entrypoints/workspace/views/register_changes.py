"""What cooperatives said of themselves that somebody of the register should look at."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from twiza.domain.directory.selectors import get_change_report, waiting_reports
from twiza.domain.directory.services.reported_changes import confirm_despite_report, dismiss_report, settle_report
from twiza.entrypoints.workspace.access import SignedInRequest, for_register_keeper
from twiza.entrypoints.workspace.acting import act_and_tell
from twiza.entrypoints.workspace.chosen import chosen_id


@require_safe
@for_register_keeper
def show_waiting(request: SignedInRequest) -> HttpResponse:
    return render(request, "workspace/register_changes.html", {"reports": waiting_reports()})


@require_POST
@for_register_keeper
def settle(request: SignedInRequest) -> HttpResponse:
    """The page says it now; a closing closes the page."""
    report = get_change_report(chosen_id(request, "report"))
    return _answer(request, lambda: settle_report(report, by=request.user), _("Done."))


@require_POST
@for_register_keeper
def dismiss(request: SignedInRequest) -> HttpResponse:
    report = get_change_report(chosen_id(request, "report"))
    return _answer(request, lambda: dismiss_report(report, by=request.user), _("Set aside. Nothing was changed."))


@require_POST
@for_register_keeper
def confirm(request: SignedInRequest) -> HttpResponse:
    """Whoever called knows that all is still true: the report is set aside, and the page is confirmed today."""
    report = get_change_report(chosen_id(request, "report"))
    return _answer(
        request, lambda: confirm_despite_report(report, by=request.user), _("The page says that it was confirmed today.")
    )


def _answer(request: SignedInRequest, act: Callable[[], object], done: str) -> HttpResponse:
    act_and_tell(request, act, done)
    return HttpResponseRedirect(reverse("workspace:register_changes"))
