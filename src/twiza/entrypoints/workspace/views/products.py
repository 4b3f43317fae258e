"""Products: described on one page, shown by a photo, put on sale and taken off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from twiza.domain.catalogue.forms import ProductForm, VariantForm, story_field
from twiza.domain.catalogue.selectors import get_product_for, retired_products_of
from twiza.domain.catalogue.services import (
    add_variant,
    describe_product,
    publish_product,
    retire_product,
    revise_product,
)
from twiza.domain.catalogue.services.picturing import add_photo
from twiza.domain.inventory.forms import FirstStockForm
from twiza.domain.inventory.selectors import shelf_of
from twiza.domain.inventory.services import count_stock
from twiza.domain.storefronts.selectors import refusals_of
from twiza.entrypoints.workspace.access import CooperativeRequest, for_cooperative
from twiza.entrypoints.workspace.kind_choices import families_of
from twiza.entrypoints.workspace.screens import go, show
from twiza.foundation.pictures.selectors import aside_of
from twiza.foundation.pictures.services import forget_aside, set_aside
from twiza.kit.errors import DomainError, NotFound
from twiza.kit.photographs import PhotoRefused

if TYPE_CHECKING:
    from twiza.domain.catalogue.models import Product
    from twiza.foundation.pictures.models import PictureAside


@require_safe
@for_cooperative
def show_all(request: CooperativeRequest) -> HttpResponse:
    retired = retired_products_of(request.cooperative)
    return show(request, "products.html", shelf=shelf_of(request.cooperative.pk), retired=retired)


@require_http_methods(["GET", "HEAD", "POST"])
@for_cooperative
def add(request: CooperativeRequest) -> HttpResponse:
    """One page: photo, name, kind, content, price, stock. On sale at once unless it is only kept."""
    typed = request.POST if request.method == "POST" else None
    form = ProductForm(typed, request.FILES or None)
    variant_form, stock_form = VariantForm(typed), FirstStockForm(typed)
    aside = aside_of(request.user, request.POST.get("photo_aside", ""))
    # All three are asked, so that everything that is wrong is said at once.
    if all([form.is_valid(), variant_form.is_valid(), stock_form.is_valid()]):
        try:
            product = _make(request, form, variant_form, stock_form, aside)
        except PhotoRefused as refusal:
            form.add_error("photo", str(refusal))
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _told_after(product))
            return go(request, "products")
    aside = _kept_aside(request, form, aside)
    asked = {"form": form, "variant_form": variant_form, "stock_form": stock_form, "families": families_of(form)}
    return show(request, "product_add.html", aside=aside, **asked)


@require_http_methods(["GET", "HEAD", "POST"])
@for_cooperative
def edit(request: CooperativeRequest, product_slug: str) -> HttpResponse:
    product = _product_of(request, product_slug)
    form = (
        ProductForm(request.POST, initial=_initial(product))
        if request.method == "POST"
        else ProductForm(initial=_initial(product))
    )
    if form.is_valid():
        try:
            revise_product(product, form.details(get_language() or "fr", product), by=request.user)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(product)s: saved.") % {"product": product.name})
            return go(request, "product", product.slug)
    return show(request, "product.html", product=product, form=form, families=families_of(form), refusals=refusals_of(product))


@require_http_methods(["GET", "HEAD", "POST"])
@for_cooperative
def add_size(request: CooperativeRequest, product_slug: str) -> HttpResponse:
    """The same product, more or less of it in one: a jar of 250 g beside the one of 500 g."""
    product = _product_of(request, product_slug)
    typed = request.POST if request.method == "POST" else None
    variant_form, stock_form = VariantForm(typed), FirstStockForm(typed)
    if all([variant_form.is_valid(), stock_form.is_valid()]):
        try:
            _make_size(request, product, variant_form, stock_form)
        except DomainError as refusal:
            variant_form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(product)s: the new size is there.") % {"product": product.name})
            return go(request, "product", product.slug)
    return show(request, "product_size.html", product=product, variant_form=variant_form, stock_form=stock_form)


@require_POST
@for_cooperative
def put_on_sale(request: CooperativeRequest, product_slug: str) -> HttpResponse:
    product = publish_product(_product_of(request, product_slug), by=request.user)
    messages.success(request, _("%(product)s is on sale.") % {"product": product.name})
    return go(request, "products")


@require_POST
@for_cooperative
def take_off_sale(request: CooperativeRequest, product_slug: str) -> HttpResponse:
    product = retire_product(_product_of(request, product_slug), by=request.user)
    messages.success(request, _("%(product)s is not on sale any more. You can sell it again later.") % {"product": product.name})
    return go(request, "products")


@transaction.atomic
def _make(
    request: CooperativeRequest,
    form: ProductForm,
    variant_form: VariantForm,
    stock_form: forms.Form,
    aside: PictureAside | None,
) -> Product:
    """All of it or nothing: a photo we cannot read leaves no half-made product behind."""
    product = describe_product(request.cooperative, form.details(get_language() or "fr"), variant_form.details(), by=request.user)
    count_stock(product.variants.get().pk, stock_form.cleaned_data["on_hand"], by=request.user)
    if form.cleaned_data["photo"]:
        add_photo(product, form.cleaned_data["photo"].file, by=request.user)
    elif aside is not None:
        with aside.original.open("rb") as sent_before:
            add_photo(product, sent_before, by=request.user)
    if aside is not None:
        forget_aside(aside)
    return product if "keep" in request.POST else publish_product(product, by=request.user)


@transaction.atomic
def _make_size(request: CooperativeRequest, product: Product, variant_form: VariantForm, stock_form: forms.Form) -> None:
    variant = add_variant(product, variant_form.details(), by=request.user)
    count_stock(variant.pk, stock_form.cleaned_data["on_hand"], by=request.user)


def _kept_aside(request: CooperativeRequest, form: ProductForm, before: PictureAside | None) -> PictureAside | None:
    """A photo sent with a form in which something is wrong waits for the next try; nobody has to take it again."""
    sent = form.cleaned_data.get("photo") if form.is_bound else None
    if sent is None:
        return before
    try:
        sent.seek(0)
        return set_aside(sent.file, by=request.user)
    except PhotoRefused as refusal:
        form.add_error("photo", str(refusal))
        return before


def _told_after(product: Product) -> str:
    if product.state == "published":
        return _("%(product)s is on sale.") % {"product": product.name}
    return _("%(product)s is kept. It is not on sale yet.") % {"product": product.name}


def _product_of(request: CooperativeRequest, slug: str) -> Product:
    product = get_product_for(request.user, slug)
    if product.cooperative_id != request.cooperative.pk:
        raise NotFound
    return product


def _initial(product: Product) -> dict[str, str]:
    story = getattr(product, story_field(get_language() or "fr"))
    return {"name_fr": product.name_fr, "name_ar": product.name_ar, "kind": product.kind_id, "story": story}
