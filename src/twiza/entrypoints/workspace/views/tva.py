"""Which value added tax the law puts on each kind of product today, for cooperatives and operators to read."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from twiza.domain.catalogue.selectors import kinds_by_tva_class
from twiza.domain.storefronts.selectors import get_storefront_for
from twiza.entrypoints.workspace.access import CooperativeRequest, SignedInRequest, for_cooperative, signed_in
from twiza.entrypoints.workspace.screens import show
from twiza.kit.clock import today


@require_safe
@for_cooperative
def show_to_cooperative(request: CooperativeRequest) -> HttpResponse:
    return show(request, "tva.html", classes=kinds_by_tva_class(today()))


@require_safe
@signed_in
def show_to_operator(request: SignedInRequest, slug: str) -> HttpResponse:
    storefront = get_storefront_for(request.user, slug)
    return render(request, "workspace/tva.html", {"storefront": storefront, "classes": kinds_by_tva_class(today())})
