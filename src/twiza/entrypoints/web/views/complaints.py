"""Something is wrong with what arrived: said, agreed or not, from the order's own page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from twiza.domain.aftersales.forms import ComplaintForm
from twiza.domain.aftersales.selectors import complaint_behind, lines_to_complain_of, photo_of
from twiza.domain.aftersales.services import accept_answer, dispute_answer, open_complaint
from twiza.domain.orders.selectors import group_by_token
from twiza.entrypoints.ui.private_pictures import private_picture
from twiza.entrypoints.web.behind_links import order_behind
from twiza.kit.errors import DomainError, NotFound
from twiza.kit.photographs import PhotoRefused

if TYPE_CHECKING:
    from twiza.domain.aftersales.models import Complaint
    from twiza.domain.orders.models import Order


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def complain(request: HttpRequest, token: str, cooperative: str) -> HttpResponse:
    """Which line, what is wrong, and a photo if there is one. A picture that cannot be read is asked for again."""
    order = order_behind(token, cooperative)
    lines = lines_to_complain_of([order]).get(order.pk)
    if not lines:
        messages.error(request, _("Nothing of this parcel can be reported now."))
        return redirect("web:order", token=token)
    form = ComplaintForm(request.POST or None, request.FILES or None, lines=lines)
    if form.is_valid():
        try:
            _open(order, form)
        except PhotoRefused as refusal:
            form.add_error("photo", str(refusal))
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It is noted. %(name)s is told, and must answer.") % {"name": order.seller_name})
            return redirect("web:order", token=token)
    return render(request, "web/orders/complain.html", {"order": order, "group": order.group, "form": form})


@require_POST
def accept(request: HttpRequest, token: str, complaint_id: int) -> HttpResponse:
    complaint = _complaint(token, complaint_id)
    try:
        if accept_answer(complaint).state == "escalated":
            told = {"shop": complaint.line.storefront.name}
            messages.error(request, _("None is left to be sent again: %(shop)s decides, and may give your money back.") % told)
        else:
            messages.success(request, _("It is agreed. We tell the cooperative."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("web:order", token=token)


@require_POST
def dispute(request: HttpRequest, token: str, complaint_id: int) -> HttpResponse:
    complaint = _complaint(token, complaint_id)
    try:
        dispute_answer(complaint)
        told = {"shop": complaint.line.storefront.name}
        messages.success(request, _("%(shop)s looks at it now, and decides. We write to you.") % told)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("web:order", token=token)


@never_cache
@require_safe
def show_photo(request: HttpRequest, token: str, complaint_id: int) -> HttpResponse:
    """The buyer's own picture, behind their own link."""
    try:
        return private_picture(photo_of(_complaint(token, complaint_id)))
    except NotFound as missing:
        raise Http404 from missing


def _open(order: Order, form: ComplaintForm) -> Complaint:
    given = form.cleaned_data
    photo = given["photo"].file if given["photo"] else None
    return open_complaint(order, given["line"], kind=given["kind"], pieces=given["pieces"], words=given["words"], photo=photo)


def _complaint(token: str, complaint_id: int) -> Complaint:
    try:
        return complaint_behind(group_by_token(token), complaint_id)
    except NotFound as missing:
        raise Http404 from missing
