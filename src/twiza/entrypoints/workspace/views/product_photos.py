"""The photos of a product: those there are, a new one, and the screen of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from twiza.domain.catalogue.selectors import get_product_for, get_product_photo
from twiza.domain.catalogue.services import picturing
from twiza.domain.directory.selectors import names_of
from twiza.entrypoints.workspace.access import CooperativeRequest, for_cooperative
from twiza.entrypoints.workspace.page_forms import PhotoForm
from twiza.entrypoints.workspace.photo_screens import act_on, proposed_words, shown_of
from twiza.entrypoints.workspace.screens import go, show
from twiza.kit.errors import DomainError, NotFound

if TYPE_CHECKING:
    from twiza.domain.catalogue.models import Product

ADVICE = _("By daylight, on a plain cloth.")


@require_http_methods(["GET", "HEAD", "POST"])
@for_cooperative
def show_all(request: CooperativeRequest, product_slug: str) -> HttpResponse:
    """In their order, the card's first."""
    product = _product_of(request, product_slug)
    photos = list(product.photos.all())
    proposal = _proposal(product, len(photos))
    form = PhotoForm(request.POST, request.FILES) if request.method == "POST" else PhotoForm(initial=proposal)
    form.fields["photo"].help_text = ADVICE
    if form.is_valid():
        typed = form.cleaned_data
        words = {"alt_fr": typed["alt_fr"], "alt_ar": typed["alt_ar"]}
        try:
            photo = picturing.add_photo(product, typed["photo"].file, by=request.user, **words)
        except DomainError as refusal:
            form.add_error("photo", str(refusal))
        else:
            return go(request, "product_photo", product.slug, photo.pk)
    return show(request, "product_photos.html", product=product, form=form, photos=photos, most=picturing.MOST_PHOTOS)


@require_http_methods(["GET", "HEAD", "POST"])
@for_cooperative
def show_one(request: CooperativeRequest, product_slug: str, photo_id: int) -> HttpResponse:
    """How far it is; then its words, what matters in it, and its place."""
    product = _product_of(request, product_slug)
    photo = get_product_photo(product, photo_id)
    if request.method == "POST":
        messages.success(request, act_on(photo, request.POST, picturing, by=request.user))
        if request.POST.keys() & {"remove", "first", "later"}:
            return go(request, "product_photos", product.slug)
        return go(request, "product_photo", product.slug, photo.pk)
    count = product.photos.count()
    return show(
        request, "product_photo.html", product=product, count=count, **shown_of(photo, _proposal(product, photo.position))
    )


def _proposal(product: Product, before: int) -> dict[str, str]:
    maker = names_of(product.cooperative)
    return proposed_words(before, fr=(product.name_fr, maker["fr"]), ar=(product.name_ar, maker["ar"]))


def _product_of(request: CooperativeRequest, slug: str) -> Product:
    product = get_product_for(request.user, slug)
    if product.cooperative_id != request.cooperative.pk:
        raise NotFound
    return product
