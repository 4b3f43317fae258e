"""An operator says from which amount on buyers do not pay for sending, from a day to come."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from twiza.domain.orders.selectors.free_delivery import borne_by_operator_of
from twiza.domain.storefronts.selectors.free_delivery import free_delivery_rows
from twiza.domain.storefronts.services.free_delivery import announce_free_delivery, withdraw_free_delivery
from twiza.entrypoints.workspace.free_delivery_form import FreeDeliveryForm
from twiza.entrypoints.workspace.views.stores import StoreRequest, for_its_manager_or_the_markets
from twiza.kit.errors import DomainError, NotFound


@require_http_methods(["GET", "HEAD", "POST"])
@for_its_manager_or_the_markets
def announce(request: StoreRequest) -> HttpResponse:
    """What holds today, what was announced, what it cost so far, and a form for a later day."""
    form = FreeDeliveryForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = form.cleaned_data
        try:
            announce_free_delivery(
                request.storefront,
                valid_from=said["valid_from"],
                least_centimes=said["least"] or None,
                cooperative_percent=said["cooperative_percent"],
                by=request.user,
            )
        except NotFound:
            raise
        except DomainError as refusal:
            form.add_error("valid_from", str(refusal))
        else:
            messages.success(request, _("Saved."))
            return _back(request)
    today, later = free_delivery_rows(request.storefront)
    borne = borne_by_operator_of(request.storefront)
    context = {"storefront": request.storefront, "form": form, "today": today, "later": later, "borne_centimes": borne}
    return render(request, "workspace/store_free_delivery.html", context)


@require_POST
@for_its_manager_or_the_markets
def withdraw(request: StoreRequest) -> HttpResponse:
    """What was announced for a later day is taken away."""
    try:
        day = date.fromisoformat(request.POST.get("day", ""))
    except ValueError as error:
        raise Http404 from error
    try:
        withdraw_free_delivery(request.storefront, valid_from=day, by=request.user)
        messages.success(request, _("Taken away: it will not hold."))
    except NotFound:
        raise
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return _back(request)


def _back(request: StoreRequest) -> HttpResponse:
    return HttpResponseRedirect(reverse("workspace:store_free_delivery", args=[request.storefront.slug]))
