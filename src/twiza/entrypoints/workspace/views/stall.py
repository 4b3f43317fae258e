"""Selling at the stall: a tile, how many, sold."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from twiza.domain.inventory.forms import CountForm
from twiza.domain.inventory.selectors import shelf_of, shelf_row_of
from twiza.domain.stalls.rules import price_limits
from twiza.domain.stalls.selectors import get_sale, last_sale_of, numbers_of, sales_of_day, shortages_of
from twiza.domain.stalls.services import count_after_shortage, sell_at_stall, take_back_sale
from twiza.entrypoints.ui.amounts import write_dirhams
from twiza.entrypoints.workspace.access import CooperativeRequest, for_cooperative
from twiza.entrypoints.workspace.screens import go, refuse, show
from twiza.entrypoints.workspace.stall_forms import SaleForm, sale_form
from twiza.entrypoints.workspace.steppers import stepped
from twiza.entrypoints.workspace.views.stock import variant_of
from twiza.kit import clock
from twiza.kit.errors import DomainError, NotFound

if TYPE_CHECKING:
    from twiza.domain.catalogue.models import Variant

# Numbers that one tap sells; more are written.
MOST_BUTTONS = 12


@require_safe
@for_cooperative
def show_all(request: CooperativeRequest) -> HttpResponse:
    """A tile for everything on the shelf, with the number it has in texts, and what today came to."""
    shelf = shelf_of(request.cooperative.pk)
    numbers = numbers_of(row.variant for row in shelf)
    return show(
        request,
        "stall.html",
        tiles=[(row, numbers[row.variant.pk]) for row in shelf],
        today=sales_of_day(request.cooperative.pk, clock.today()),
        last=last_sale_of(request.cooperative.pk, request.user.pk),
        shortages=shortages_of(request.cooperative.pk),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_cooperative
def sell(request: CooperativeRequest, variant_id: int) -> HttpResponse:
    """How many? One tap on a number sells so many. Without JavaScript − and + come back here."""
    variant = variant_of(request, variant_id)
    if request.method != "POST":
        return _show_one(request, variant, sale_form(variant))
    form = sale_form(variant, stepped(request.POST, "pieces"))
    if "step" in request.POST or not form.is_valid():
        return _show_one(request, variant, form, is_open=True)
    try:
        told = sell_at_stall(request.cooperative, form.cleaned_data["key"], [form.sold()], by=request.user)
    except NotFound:
        raise
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return _show_one(request, variant, form, is_open=True)
    total = write_dirhams(told.sale.total_centimes, request.LANGUAGE_CODE)
    if told.is_new:
        messages.success(request, _("Sold: %(total)s.") % {"total": total})
    else:
        messages.info(request, _("This sale was written down before (%(total)s). It counts once.") % {"total": total})
    return go(request, "stall")


@require_safe
@for_cooperative
def show_day(request: CooperativeRequest) -> HttpResponse:
    """What was sold on one day, today unless another is asked for."""
    today = clock.today()
    day = min(_day(request.GET.get("day", "")) or today, today)
    after = None if day == today else day + timedelta(days=1)
    return show(
        request,
        "stall_day.html",
        sold=sales_of_day(request.cooperative.pk, day),
        before=day - timedelta(days=1),
        after=after,
        shortages=shortages_of(request.cooperative.pk),
    )


@require_POST
@for_cooperative
def take_back(request: CooperativeRequest, sale_id: int) -> HttpResponse:
    sale = get_sale(request.cooperative.pk, sale_id)
    try:
        taken = take_back_sale(sale, by=request.user)
        total = write_dirhams(taken.total_centimes, request.LANGUAGE_CODE)
        messages.success(request, _("Taken back: %(total)s. It is on the shelf again.") % {"total": total})
    except DomainError as refusal:
        refuse(request, refusal)
    return go(request, "stall")


@require_http_methods(["GET", "HEAD", "POST"])
@for_cooperative
def count_again(request: CooperativeRequest, variant_id: int) -> HttpResponse:
    """More was sold than the count had: what is really there now?"""
    variant = variant_of(request, variant_id)
    form = CountForm(stepped(request.POST, "on_hand") if request.method == "POST" else None)
    if request.method == "POST" and "step" not in request.POST and form.is_valid():
        try:
            count_after_shortage(request.cooperative, variant, form.cleaned_data["on_hand"], by=request.user)
        except DomainError as refusal:
            form.add_error("on_hand", str(refusal))
        else:
            told = {"product": variant.product.name, "number": form.cleaned_data["on_hand"]}
            messages.success(request, _("%(product)s: %(number)s counted.") % told)
            return go(request, "stall_day")
    missing = [one for one in shortages_of(request.cooperative.pk) if one.variant.pk == variant.pk]
    return show(request, "stall_count.html", row=shelf_row_of(variant), form=form, shortage=missing[0] if missing else None)


def _show_one(request: CooperativeRequest, variant: Variant, form: SaleForm, *, is_open: bool = False) -> HttpResponse:
    row = shelf_row_of(variant)
    least, most = price_limits(variant.price_centimes)
    numbers = [] if variant.is_weighed else range(1, min(row.saleable, MOST_BUTTONS) + 1)
    context = {"row": row, "form": form, "numbers": numbers, "least": least, "most": most, "is_open": is_open}
    return show(request, "stall_sell.html", **context)


def _day(written: str) -> date | None:
    try:
        return parse_date(written)
    except ValueError:
        return None
