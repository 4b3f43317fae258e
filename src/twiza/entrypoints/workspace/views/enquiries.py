"""Questions: a cooperative answers, the operator of a storefront lets everybody read some of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from twiza.domain.enquiries.forms import AnswerForm
from twiza.domain.enquiries.selectors import enquiries_to, enquiries_to_show, enquiry_to, enquiry_to_show
from twiza.domain.enquiries.services import answer_enquiry, show_enquiry, show_enquiry_no_more
from twiza.entrypoints.workspace.access import CooperativeRequest, for_cooperative
from twiza.entrypoints.workspace.screens import go, refuse, show
from twiza.entrypoints.workspace.views.stores import for_its_manager_or_the_markets
from twiza.kit.errors import DomainError, NotFound

if TYPE_CHECKING:
    from twiza.entrypoints.workspace.views.stores import StoreRequest


@require_safe
@for_cooperative
def show_all(request: CooperativeRequest) -> HttpResponse:
    """Those that wait for an answer first."""
    return show(request, "enquiries.html", enquiries=enquiries_to(request.cooperative))


@require_http_methods(["GET", "HEAD", "POST"])
@for_cooperative
def show_one(request: CooperativeRequest, enquiry_id: int) -> HttpResponse:
    """What is asked, and the form of the answer; never who asks."""
    enquiry = enquiry_to(request.cooperative, enquiry_id)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            answer_enquiry(enquiry, form.cleaned_data["words"], by=request.user)
            messages.success(request, _("Your answer is sent."))
        except DomainError as refusal:
            refuse(request, refusal)
        return go(request, "enquiry", enquiry.pk)
    return show(request, "enquiry.html", enquiry=enquiry, form=form)


@require_safe
@for_its_manager_or_the_markets
def show_of_storefront(request: StoreRequest) -> HttpResponse:
    """Answered questions whose askers agreed: which of them everybody reads."""
    said = {"storefront": request.storefront, "enquiries": enquiries_to_show(request.storefront)}
    return render(request, "workspace/store_enquiries.html", said)


@require_POST
@for_its_manager_or_the_markets
def choose(request: StoreRequest, enquiry_id: int) -> HttpResponse:
    """Everybody reads it, or nobody any more."""
    enquiry = enquiry_to_show(request.storefront, enquiry_id)
    try:
        if request.POST.get("show") == "yes":
            show_enquiry(enquiry, by=request.user)
            messages.success(request, _("Everybody reads it now."))
        else:
            show_enquiry_no_more(enquiry, by=request.user)
            messages.success(request, _("It is not shown any more."))
    except NotFound:
        raise
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(reverse("workspace:store_enquiries", args=[request.storefront.slug]))
