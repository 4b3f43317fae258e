"""What is sent again because a buyer complained: its label, its way, its end."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from twiza.domain.aftersales.forms import SendAgainForm
from twiza.domain.aftersales.selectors import complaint_to, lots_of_replacement
from twiza.domain.aftersales.services import give_up_replacement, record_replacement_delivered, send_replacement
from twiza.entrypoints.workspace.access import CooperativeRequest, for_seller
from twiza.entrypoints.workspace.screens import go, refuse, show
from twiza.kit.errors import DomainError, NotFound
from twiza.kit.qr import qr_path


@require_safe
@for_seller
def show_label(request: CooperativeRequest, complaint_id: int) -> HttpResponse:
    """To print: where the new parcel goes, and that nothing is collected."""
    complaint = complaint_to(request.cooperative, complaint_id)
    if complaint.parcel is None:
        raise NotFound
    address = reverse("workspace:complaint", args=[request.cooperative.slug, complaint_id])
    square = qr_path(settings.SITE_URL + address)
    return show(request, "replacement_label.html", complaint=complaint, square=square, lots=lots_of_replacement(complaint.parcel))


@require_POST
@for_seller
def send(request: CooperativeRequest, complaint_id: int) -> HttpResponse:
    form = SendAgainForm(request.POST)
    tracking = form.cleaned_data["tracking"] if form.is_valid() else ""
    try:
        send_replacement(complaint_to(request.cooperative, complaint_id), tracking=tracking, by=request.user)
        messages.success(request, _("It is on its way. We tell the buyer."))
    except DomainError as refusal:
        refuse(request, refusal)
    return go(request, "complaint", complaint_id)


@require_POST
@for_seller
def say_arrived(request: CooperativeRequest, complaint_id: int) -> HttpResponse:
    try:
        record_replacement_delivered(complaint_to(request.cooperative, complaint_id), by=request.user)
        messages.success(request, _("It arrived, and the complaint is closed. Well done!"))
    except DomainError as refusal:
        refuse(request, refusal)
    return go(request, "complaint", complaint_id)


@require_POST
@for_seller
def give_up(request: CooperativeRequest, complaint_id: int) -> HttpResponse:
    """Whoever runs the storefront decides what the buyer has instead."""
    try:
        give_up_replacement(complaint_to(request.cooperative, complaint_id), by=request.user)
        messages.success(request, _("It is noted. Whoever runs the shop decides what the buyer has instead."))
    except DomainError as refusal:
        refuse(request, refusal)
    return go(request, "complaint", complaint_id)
