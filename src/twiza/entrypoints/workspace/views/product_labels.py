"""Which of the cooperative's labels and certificates a product carries."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from twiza.domain.catalogue.selectors import get_product_for, label_choices
from twiza.domain.catalogue.services.labelling import claim_label, withdraw_label
from twiza.entrypoints.workspace.access import CooperativeRequest, for_cooperative
from twiza.entrypoints.workspace.chosen import chosen_id
from twiza.entrypoints.workspace.screens import go, refuse, show
from twiza.kit.errors import DomainError, NotFound


@require_http_methods(["GET", "HEAD", "POST"])
@for_cooperative
def choose(request: CooperativeRequest, product_slug: str) -> HttpResponse:
    """Each certificate is claimed or taken off by one button; what cannot be claimed says why."""
    product = get_product_for(request.user, product_slug)
    if product.cooperative_id != request.cooperative.pk:
        raise NotFound
    choices = label_choices(product)
    if request.method != "POST":
        return show(request, "product_labels.html", product=product, choices=choices)
    is_claimed = "claim" in request.POST
    asked = chosen_id(request, "claim" if is_claimed else "withdraw")
    accreditation = next((choice.accreditation for choice in choices if choice.accreditation.pk == asked), None)
    if accreditation is None:
        raise NotFound
    try:
        (claim_label if is_claimed else withdraw_label)(product, accreditation, by=request.user)
        messages.success(request, _("%(product)s: saved.") % {"product": product.name})
    except DomainError as refusal:
        refuse(request, refusal)
    return go(request, "product_labels", product.slug)
