"""When and how a product is sold: its months, made to order, reserved before it is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from twiza.domain.catalogue.errors import PromiseTooFar
from twiza.domain.catalogue.forms import SaleTermsForm
from twiza.domain.catalogue.selectors import get_product_for
from twiza.domain.catalogue.services import set_sale_terms
from twiza.domain.inventory.selectors import what_is_left
from twiza.domain.inventory.services import allow_reservations
from twiza.entrypoints.workspace.access import CooperativeRequest, for_cooperative
from twiza.entrypoints.workspace.screens import go, show
from twiza.kit.errors import NotFound

if TYPE_CHECKING:
    from twiza.domain.catalogue.models import Product


@require_http_methods(["GET", "HEAD", "POST"])
@for_cooperative
def choose(request: CooperativeRequest, product_slug: str) -> HttpResponse:
    product = get_product_for(request.user, product_slug)
    if product.cooperative_id != request.cooperative.pk:
        raise NotFound
    left = what_is_left(variant.pk for variant in product.live_variants)
    reservable = max((one.reservable for one in left.values()), default=0)
    form = SaleTermsForm(
        request.POST if request.method == "POST" else None, initial=SaleTermsForm.initial_of(product, reservable)
    )
    if form.is_valid():
        try:
            _keep(request, product, form)
        except PromiseTooFar as refusal:
            form.add_error("ships_by", str(refusal))
        else:
            messages.success(request, _("%(product)s: saved.") % {"product": product.name})
            return go(request, "product", product.slug)
    return show(request, "sale_terms.html", product=product, form=form)


@transaction.atomic
def _keep(request: CooperativeRequest, product: Product, form: SaleTermsForm) -> None:
    set_sale_terms(product, form.terms(), by=request.user)
    allow_reservations([variant.pk for variant in product.live_variants], form.how_many, by=request.user)
