"""How a product is made, in somebody's voice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from twiza.domain.catalogue.selectors import get_product_for, recording_of_product
from twiza.domain.catalogue.services.voicing import describe_product_recording, remove_product_recording, tell_of_product
from twiza.entrypoints.workspace.access import CooperativeRequest, for_cooperative
from twiza.entrypoints.workspace.page_forms import VoiceForm
from twiza.entrypoints.workspace.screens import go, show
from twiza.kit.errors import DomainError, NotFound

if TYPE_CHECKING:
    from twiza.domain.catalogue.models import Product


@require_http_methods(["GET", "HEAD", "POST"])
@for_cooperative
def tell(request: CooperativeRequest, product_slug: str) -> HttpResponse:
    """A recording instead of the one there is, or only other words about it."""
    product = _product_of(request, product_slug)
    told = recording_of_product(product)
    known = {"language": told.language, "transcript": told.transcript} if told else {"language": "ary"}
    form = VoiceForm(request.POST, request.FILES) if request.method == "POST" else VoiceForm(initial=known)
    if form.is_valid() and _keep(request, product, form, has_one=told is not None):
        messages.success(request, _("Saved. Buyers hear it now."))
        return go(request, "product_voice", product.slug)
    limits = {"most_minutes": settings.RECORDING_MOST_MINUTES, "most_megabytes": settings.RECORDING_MOST_MEGABYTES}
    return show(request, "product_voice.html", product=product, form=form, told=told, **limits)


@require_POST
@for_cooperative
def remove(request: CooperativeRequest, product_slug: str) -> HttpResponse:
    product = _product_of(request, product_slug)
    remove_product_recording(product, by=request.user)
    messages.success(request, _("Removed."))
    return go(request, "product_voice", product.slug)


def _keep(request: CooperativeRequest, product: Product, form: VoiceForm, *, has_one: bool) -> bool:
    """Whether it was kept; what keeps it from being kept is written on the form."""
    typed = form.cleaned_data
    words = {"language": typed["language"], "transcript": typed["transcript"]}
    if not typed["recording"] and not has_one:
        form.add_error("recording", _("Choose a recording first."))
        return False
    try:
        if typed["recording"]:
            tell_of_product(product, typed["recording"].file, by=request.user, **words)
        else:
            describe_product_recording(product, by=request.user, **words)
    except NotFound:
        raise
    except DomainError as refusal:
        form.add_error("recording", str(refusal))
        return False
    return True


def _product_of(request: CooperativeRequest, slug: str) -> Product:
    product = get_product_for(request.user, slug)
    if product.cooperative_id != request.cooperative.pk:
        raise NotFound
    return product
