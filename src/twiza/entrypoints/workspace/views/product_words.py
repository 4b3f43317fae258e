"""The names and the story of a product in every language of the site."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from twiza.domain.catalogue.forms import WordsForm
from twiza.domain.catalogue.selectors import get_product_for
from twiza.domain.catalogue.services import PRODUCT_TEXTS, revise_product
from twiza.entrypoints.workspace.access import CooperativeRequest, for_cooperative
from twiza.entrypoints.workspace.screens import go, show
from twiza.kit.errors import NotFound


@require_http_methods(["GET", "HEAD", "POST"])
@for_cooperative
def say(request: CooperativeRequest, product_slug: str) -> HttpResponse:
    """One language is enough; each that is added is read by those who read it."""
    product = get_product_for(request.user, product_slug)
    if product.cooperative_id != request.cooperative.pk:
        raise NotFound
    known = {name: getattr(product, name) for name in PRODUCT_TEXTS}
    form = WordsForm(request.POST if request.method == "POST" else None, initial=known)
    if form.is_valid():
        revise_product(product, form.details(product), by=request.user)
        messages.success(request, _("%(product)s: saved.") % {"product": product.name})
        return go(request, "product", product.slug)
    return show(request, "product_words.html", product=product, form=form)
