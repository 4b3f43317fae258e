"""An operator says how one pays and receives in its storefront, and which languages it speaks."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from twiza.domain.storefronts.selectors import ways_of
from twiza.domain.storefronts.services import choose_ways
from twiza.entrypoints.workspace.store_ways_form import StoreWaysForm, as_typed
from twiza.entrypoints.workspace.views.stores import StoreRequest, for_its_manager


@require_http_methods(["GET", "HEAD", "POST"])
@for_its_manager
def choose(request: StoreRequest) -> HttpResponse:
    """Boxes for all that there is here; those it offers are ticked."""
    storefront = request.storefront
    form = StoreWaysForm(request.POST or None, initial=as_typed(ways_of(storefront)))
    if form.is_valid():
        choose_ways(storefront, form.ways(), by=request.user)
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(reverse("workspace:store_setup", args=[storefront.slug]))
    return render(request, "workspace/store_ways.html", {"storefront": storefront, "form": form})
