"""Stock: what there is, counting it again, adding what was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from twiza.domain.catalogue.selectors import get_variant_for
from twiza.domain.inventory.errors import MadeTomorrow
from twiza.domain.inventory.forms import CountForm, ReceiveForm
from twiza.domain.inventory.selectors import lots_on_hand, shelf_of, shelf_row_of
from twiza.domain.inventory.services import count_stock, receive_lot, receive_stock
from twiza.entrypoints.workspace.access import CooperativeRequest, for_cooperative
from twiza.entrypoints.workspace.screens import go, show
from twiza.entrypoints.workspace.steppers import stepped
from twiza.kit import clock
from twiza.kit.errors import DomainError, NotFound

if TYPE_CHECKING:
    from twiza.domain.catalogue.models import Variant
    from twiza.foundation.accounts.models import User


@require_safe
@for_cooperative
def show_all(request: CooperativeRequest) -> HttpResponse:
    return show(request, "stock.html", shelf=shelf_of(request.cooperative.pk))


@require_http_methods(["GET", "HEAD", "POST"])
@for_cooperative
def count(request: CooperativeRequest, variant_id: int) -> HttpResponse:
    """`I counted: [n]`. Without JavaScript − and + come back here with one less or more."""
    variant = variant_of(request, variant_id)
    if request.method != "POST":
        return _show_one(request, variant)
    form = CountForm(stepped(request.POST, "on_hand"))
    if "step" in request.POST or not form.is_valid():
        return _show_one(request, variant, count_form=form)
    try:
        level = count_stock(variant.pk, form.cleaned_data["on_hand"], by=request.user)
    except DomainError as refusal:
        form.add_error("on_hand", str(refusal))
        return _show_one(request, variant, count_form=form)
    messages.success(request, _("%(product)s: %(number)s counted.") % {"product": variant.product.name, "number": level.on_hand})
    return go(request, "stock")


@require_http_methods(["GET", "HEAD", "POST"])
@for_cooperative
def add(request: CooperativeRequest, variant_id: int) -> HttpResponse:
    """`I made more: [n]`."""
    variant = variant_of(request, variant_id)
    if request.method != "POST":
        return _show_one(request, variant)
    form = ReceiveForm(stepped(request.POST, "quantity"))
    if "step" in request.POST or not form.is_valid():
        return _show_one(request, variant, receive_form=form)
    try:
        _receive(variant, form, request.user)
    except DomainError as refusal:
        form.add_error("produced_on" if isinstance(refusal, MadeTomorrow) else "best_before", str(refusal))
        return _show_one(request, variant, receive_form=form)
    told = {"product": variant.product.name, "more": form.cleaned_data["quantity"], "number": shelf_row_of(variant).on_hand}
    messages.success(request, _("%(product)s: %(more)s more. Now there are %(number)s.") % told)
    return go(request, "stock")


def _receive(variant: Variant, form: ReceiveForm, by: User) -> None:
    quantity = form.cleaned_data["quantity"]
    if not form.names_a_lot:
        receive_stock(variant.pk, quantity, by=by)
        return
    made = form.cleaned_data["produced_on"] or clock.today()
    receive_lot(variant.pk, quantity, produced_on=made, best_before=form.cleaned_data["best_before"], by=by)


def variant_of(request: CooperativeRequest, variant_id: int) -> Variant:
    """The person's own variant, under the cooperative of the address. Raises NotFound."""
    variant = get_variant_for(request.user, variant_id)
    if variant.product.cooperative_id != request.cooperative.pk:
        raise NotFound
    return variant


def _show_one(
    request: CooperativeRequest,
    variant: Variant,
    count_form: forms.Form | None = None,
    receive_form: forms.Form | None = None,
) -> HttpResponse:
    row = shelf_row_of(variant)
    return show(
        request,
        "stock_count.html",
        row=row,
        count_form=count_form or CountForm(initial={"on_hand": row.on_hand}),
        receive_form=receive_form or ReceiveForm(),
        lots=lots_on_hand(variant.pk),
    )
