"""A cooperative's coupons: offering one, agreeing to a share of one, ending one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from twiza.domain.orders.selectors import coupon_of, coupons_of
from twiza.domain.orders.services import agree_to_coupon, offer_coupon, stop_coupon
from twiza.entrypoints.workspace.access import CooperativeRequest, for_cooperative
from twiza.entrypoints.workspace.coupon_forms import CouponForm
from twiza.entrypoints.workspace.screens import go, refuse, show
from twiza.kit import clock
from twiza.kit.errors import DomainError


@require_http_methods(["GET", "HEAD", "POST"])
@for_cooperative
def show_all(request: CooperativeRequest) -> HttpResponse:
    """Each with how often it was used, and a form for another one."""
    form = CouponForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            coupon = offer_coupon(form.cleaned_data["code"], form.terms(), by=request.user, cooperative=request.cooperative)
        except DomainError as refusal:
            form.add_error("code", str(refusal))
        else:
            messages.success(request, _("Buyers may use %(code)s now. Tell them.") % {"code": coupon.code})
            return go(request, "coupons")
    known = [(coupon, coupon.is_over(clock.today())) for coupon in coupons_of(request.cooperative)]
    return show(request, "coupons.html", form=form, coupons=known)


@require_POST
@for_cooperative
def agree(request: CooperativeRequest, coupon_id: int) -> HttpResponse:
    """The cooperative bears its share."""
    try:
        agree_to_coupon(coupon_of(request.cooperative, coupon_id), by=request.user)
    except DomainError as refusal:
        refuse(request, refusal)
    return go(request, "coupons")


@require_POST
@for_cooperative
def stop(request: CooperativeRequest, coupon_id: int) -> HttpResponse:
    """Nobody orders with it any more."""
    stop_coupon(coupon_of(request.cooperative, coupon_id), by=request.user)
    return go(request, "coupons")
