"""What one of a size weighs packed, and how large it is: sending is priced by it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from twiza.domain.catalogue.forms import MeasureForm
from twiza.domain.catalogue.services.measuring import measure_variant
from twiza.entrypoints.workspace.access import CooperativeRequest, for_cooperative
from twiza.entrypoints.workspace.screens import go, show
from twiza.entrypoints.workspace.views.stock import variant_of
from twiza.kit.errors import DomainError, NotFound


@require_http_methods(["GET", "HEAD", "POST"])
@for_cooperative
def measure(request: CooperativeRequest, product_slug: str, variant_id: int) -> HttpResponse:
    """What is known stands above the questions; what cannot be is asked again."""
    variant = variant_of(request, variant_id)
    if variant.product.slug != product_slug:
        raise NotFound
    form = MeasureForm(request.POST if request.method == "POST" else None, initial={"packed_grams": variant.gross_weight_grams})
    if not form.is_valid():
        return show(request, "variant_measure.html", variant=variant, form=form)
    said = form.cleaned_data
    size = said["packed_size"] or variant.packed_cm3
    try:
        measure_variant(variant, packed_grams=said["packed_grams"], packed_cm3=size, by=request.user)
    except NotFound:
        raise
    except DomainError as refusal:
        form.add_error("packed_grams", str(refusal))
        return show(request, "variant_measure.html", variant=variant, form=form)
    messages.success(request, _("Saved."))
    return go(request, "product", product_slug)
