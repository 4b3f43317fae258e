"""What the label of a product says: asked on one page, nothing of it required."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from twiza.domain.catalogue.forms import FactsForm
from twiza.domain.catalogue.selectors import get_product_for
from twiza.domain.catalogue.services import state_facts
from twiza.entrypoints.workspace.access import CooperativeRequest, for_cooperative
from twiza.entrypoints.workspace.screens import go, show
from twiza.kit.errors import NotFound


@require_http_methods(["GET", "HEAD", "POST"])
@for_cooperative
def state(request: CooperativeRequest, product_slug: str) -> HttpResponse:
    product = get_product_for(request.user, product_slug)
    if product.cooperative_id != request.cooperative.pk:
        raise NotFound
    form = FactsForm(request.POST if request.method == "POST" else None, initial=FactsForm.initial_of(product))
    if form.is_valid():
        state_facts(product, form.facts(), by=request.user)
        messages.success(request, _("%(product)s: saved.") % {"product": product.name})
        return go(request, "product", product.slug)
    return show(request, "product_facts.html", product=product, form=form)
