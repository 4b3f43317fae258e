"""An operator's coupons in its storefront: offering one, alone or with a cooperative, and ending one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from twiza.domain.orders.selectors.coupons import coupon_in, coupons_in
from twiza.domain.orders.services.coupons import offer_store_coupon, stop_coupon
from twiza.domain.storefronts.selectors import cooperatives_shown_in
from twiza.entrypoints.workspace.coupon_forms import StoreCouponForm
from twiza.entrypoints.workspace.views.stores import StoreRequest, for_its_manager_or_the_markets
from twiza.kit.errors import DomainError, NotFound


@require_http_methods(["GET", "HEAD", "POST"])
@for_its_manager_or_the_markets
def show_all(request: StoreRequest) -> HttpResponse:
    """Each with who bears it and what it cost so far, and a form for another one."""
    # The market as a whole has more cooperatives than a list can hold: its coupons are for everything.
    cooperatives = () if request.storefront.shows_everything else cooperatives_shown_in(request.storefront)
    form = StoreCouponForm(request.POST or None, cooperatives=cooperatives)
    if request.method == "POST" and form.is_valid() and _offered(request, form):
        return _back(request)
    context = {"storefront": request.storefront, "form": form, "rows": coupons_in(request.storefront)}
    return render(request, "workspace/store_coupons.html", context)


@require_POST
@for_its_manager_or_the_markets
def stop(request: StoreRequest) -> HttpResponse:
    """Nobody orders with it any more."""
    code = request.POST.get("code", "").replace("\x00", "")
    stop_coupon(coupon_in(request.storefront, code), by=request.user)
    messages.success(request, _("Nobody orders with it any more."))
    return _back(request)


def _offered(request: StoreRequest, form: StoreCouponForm) -> bool:
    """Whether it is; else the form says why not."""
    try:
        coupon = offer_store_coupon(
            request.storefront,
            form.cleaned_data["code"],
            form.terms(),
            by=request.user,
            cooperative=form.asked,
            cooperative_percent=form.cleaned_data["cooperative_percent"],
        )
    except NotFound:
        raise
    except DomainError as refusal:
        form.add_error("code", str(refusal))
        return False
    told = (
        _("Buyers may use %(code)s now. Tell them.") if coupon.agreed_at else _("%(code)s holds once the cooperative says yes.")
    )
    messages.success(request, told % {"code": coupon.code})
    return True


def _back(request: StoreRequest) -> HttpResponse:
    return HttpResponseRedirect(reverse("workspace:store_coupons", args=[request.storefront.slug]))
