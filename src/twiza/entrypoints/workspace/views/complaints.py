"""What buyers complain of: a cooperative answers and gives back, an operator decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from twiza.domain.aftersales.forms import RefundForm, SendAgainForm, SettlementForm
from twiza.domain.aftersales.selectors import (
    complaint_over,
    complaint_to,
    complaints_over,
    complaints_to,
    left_to_refund,
    photo_of,
)
from twiza.domain.aftersales.services import answer_complaint, decide_complaint, record_refund_for
from twiza.domain.storefronts.selectors import get_storefront_decided_by
from twiza.entrypoints.ui.private_pictures import private_picture
from twiza.entrypoints.workspace.access import CooperativeRequest, SignedInRequest, for_cooperative, for_seller, signed_in
from twiza.entrypoints.workspace.screens import go, refuse, show
from twiza.kit import clock
from twiza.kit.errors import DomainError, NotFound

if TYPE_CHECKING:
    from twiza.domain.aftersales.models import Complaint


@require_safe
@for_cooperative
def show_all(request: CooperativeRequest) -> HttpResponse:
    """What waits for the cooperative first."""
    return show(request, "complaints.html", complaints=complaints_to(request.cooperative), today=clock.today())


@require_http_methods(["GET", "HEAD", "POST"])
@for_seller
def show_one(request: CooperativeRequest, complaint_id: int) -> HttpResponse:
    """What is wrong, and the answer to it. An amount that cannot be is kept on the screen and asked again."""
    complaint = complaint_to(request.cooperative, complaint_id)
    form = _settlement_form(request, complaint)
    if form.is_valid():
        try:
            answer_complaint(complaint, form.settlement(), by=request.user)
        except NotFound:
            raise
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("We tell the buyer what you answer."))
            return go(request, "complaint", complaint_id)
    return _show(request, complaint, form, RefundForm())


@require_POST
@for_seller
def say_refunded(request: CooperativeRequest, complaint_id: int) -> HttpResponse:
    """Says how the money was given back; the buyer is told."""
    complaint = complaint_to(request.cooperative, complaint_id)
    refund = RefundForm(request.POST)
    if not refund.is_valid():
        form = _settlement_form(request, complaint, is_sent=False)
        return _show(request, complaint, form, refund)
    try:
        record_refund_for(complaint, how=refund.cleaned_data["how"], by=request.user)
        messages.success(request, _("It is kept: the buyer has the money back. We tell them."))
    except DomainError as refusal:
        refuse(request, refusal)
    return go(request, "complaint", complaint_id)


@require_safe
@for_seller
def show_photo(request: CooperativeRequest, complaint_id: int) -> HttpResponse:
    """What the buyer took a picture of."""
    return private_picture(photo_of(complaint_to(request.cooperative, complaint_id)))


@require_safe
@signed_in
def show_from_storefront(request: SignedInRequest, slug: str) -> HttpResponse:
    """What is complained of there, what waits for a decision first."""
    storefront = get_storefront_decided_by(request.user, slug)
    known = {"storefront": storefront, "complaints": complaints_over(storefront), "today": clock.today()}
    return render(request, "workspace/store_complaints.html", known)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def decide(request: SignedInRequest, slug: str, complaint_id: int) -> HttpResponse:
    """What both say, and the operator's word, which both read with its reason."""
    storefront = get_storefront_decided_by(request.user, slug)
    complaint = complaint_over(storefront, complaint_id)
    typed = request.POST if request.method == "POST" else None
    form = SettlementForm(typed, most_centimes=left_to_refund(complaint.line), is_decision=True)
    if form.is_valid():
        try:
            decide_complaint(complaint, form.settlement(), by=request.user)
        except NotFound:
            raise
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It is decided. We tell both of them."))
            return HttpResponseRedirect(reverse("workspace:store_complaints", args=[storefront.slug]))
    known = {"storefront": storefront, "complaint": complaint, "form": form, "today": clock.today()}
    return render(request, "workspace/store_complaint.html", known)


@require_safe
@signed_in
def show_photo_to_operator(request: SignedInRequest, slug: str, complaint_id: int) -> HttpResponse:
    storefront = get_storefront_decided_by(request.user, slug)
    return private_picture(photo_of(complaint_over(storefront, complaint_id)))


def _settlement_form(request: SignedInRequest, complaint: Complaint, *, is_sent: bool = True) -> SettlementForm:
    typed = request.POST if is_sent and request.method == "POST" else None
    return SettlementForm(typed, most_centimes=left_to_refund(complaint.line))


def _show(request: CooperativeRequest, complaint: Complaint, form: SettlementForm, refund: RefundForm) -> HttpResponse:
    known = {"form": form, "refund": refund, "send_form": SendAgainForm(), "today": clock.today()}
    return show(request, "complaint.html", complaint=complaint, **known)
