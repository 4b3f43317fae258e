"""Is what buyers read about us still true? By button what others answer by text."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from twiza.domain.directory.forms import ReportForm
from twiza.domain.directory.selectors import held_facts_of, waiting_reports_of
from twiza.domain.directory.services.freshness import confirm_still_true
from twiza.domain.directory.services.reported_changes import report_change, report_closed
from twiza.entrypoints.workspace.access import CooperativeRequest, for_cooperative
from twiza.entrypoints.workspace.screens import go, refuse, show
from twiza.kit.errors import DomainError


@require_http_methods(["GET", "HEAD", "POST"])
@for_cooperative
def show_held(request: CooperativeRequest) -> HttpResponse:
    """What we hold, when it was confirmed, and the three answers. What changed is posted here."""
    if request.method != "POST":
        return _show(request, ReportForm())
    form = ReportForm(request.POST)
    if not form.is_valid():
        return _show(request, form)
    try:
        report_change(request.cooperative, form.cleaned_data["words"], by=request.user)
    except DomainError as refusal:
        refuse(request, refusal)
    else:
        messages.success(request, _("Thank you. Somebody corrects the page, and calls you if needed."))
    return go(request, "still_true")


@require_POST
@for_cooperative
def confirm(request: CooperativeRequest) -> HttpResponse:
    """Still true, today."""
    try:
        confirm_still_true(request.cooperative, by=request.user)
    except DomainError as refusal:
        refuse(request, refusal)
    else:
        messages.success(request, _("Thank you. Your page says that it was confirmed today."))
    return go(request, "still_true")


@require_POST
@for_cooperative
def close(request: CooperativeRequest) -> HttpResponse:
    """The cooperative closed; its page stays until the register's office has called."""
    try:
        report_closed(request.cooperative, by=request.user)
    except DomainError as refusal:
        refuse(request, refusal)
    else:
        messages.success(request, _("It is noted. We call you first; your page stays until then."))
    return go(request, "still_true")


def _show(request: CooperativeRequest, form: ReportForm) -> HttpResponse:
    return show(
        request,
        "still_true.html",
        form=form,
        held=held_facts_of(request.cooperative, get_language() or "fr"),
        reports=waiting_reports_of(request.cooperative),
    )
