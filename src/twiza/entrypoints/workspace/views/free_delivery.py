"""What storefronts ask a cooperative to bear of sending that is free for their buyers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from twiza.domain.storefronts.selectors.free_delivery import shares_asked_of
from twiza.domain.storefronts.services.free_delivery import bear_free_delivery, stop_bearing_free_delivery
from twiza.entrypoints.workspace.access import CooperativeRequest, for_cooperative
from twiza.entrypoints.workspace.screens import go, show


@require_safe
@for_cooperative
def show_all(request: CooperativeRequest) -> HttpResponse:
    """Each with its amount and its share, and whether the cooperative agreed."""
    return show(request, "free_delivery.html", shares=shares_asked_of(request.cooperative))


@require_POST
@for_cooperative
def agree(request: CooperativeRequest, row_id: int) -> HttpResponse:
    """The cooperative bears its share."""
    bear_free_delivery(request.cooperative, row_id, by=request.user)
    messages.success(request, _("Saved."))
    return go(request, "free_delivery")


@require_POST
@for_cooperative
def stop(request: CooperativeRequest, row_id: int) -> HttpResponse:
    """Its buyers pay for sending there again."""
    stop_bearing_free_delivery(request.cooperative, row_id, by=request.user)
    messages.success(request, _("Saved."))
    return go(request, "free_delivery")
