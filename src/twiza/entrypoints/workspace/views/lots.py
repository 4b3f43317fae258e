"""Lots: what was made together, who was sent some of it, calling it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from twiza.domain.inventory.errors import LotNotRecalled, PromisedMore
from twiza.domain.inventory.forms import RecallForm, WithdrawRecallForm
from twiza.domain.inventory.selectors import get_lot, lots_made_of, recall_withdrawn_of, shelf_row_of
from twiza.domain.inventory.services import recall_lot, throw_away_lot, withdraw_recall
from twiza.domain.orders.selectors import buyers_sent
from twiza.domain.quotes.selectors import askers_sent
from twiza.domain.stalls.selectors import sold_of_lot
from twiza.entrypoints.workspace.access import CooperativeRequest, for_cooperative
from twiza.entrypoints.workspace.screens import go, show
from twiza.entrypoints.workspace.views.stock import variant_of
from twiza.kit.qr import qr_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from twiza.domain.inventory.models import Lot
    from twiza.domain.orders.selectors import BuyerOfLot

# Three by eight of 70 × 37 mm: what every stationer sells.
LABELS_ON_A_SHEET = 24


@require_safe
@for_cooperative
def show_all(request: CooperativeRequest, variant_id: int) -> HttpResponse:
    """Every lot ever made of it, also those that were sold."""
    variant = variant_of(request, variant_id)
    return show(request, "lots.html", variant=variant, lots=lots_made_of(variant.pk))


@require_safe
@for_cooperative
def show_one(request: CooperativeRequest, variant_id: int, code: str) -> HttpResponse:
    """One lot: its dates, what is left, who was sent some of it."""
    lot = _lot(request, variant_id, code)
    row = shelf_row_of(lot.variant)
    buyers = _buyers(lot, widely=lot.recall_is_wide)
    missing = _missing(row.on_hand, lot, row.promised)
    who = {"buyers": buyers, "askers": askers_sent(lot, widely=lot.recall_is_wide), "at_stall": sold_of_lot(lot)}
    return show(request, "lot.html", lot=lot, variant=lot.variant, missing=missing, withdrawn=recall_withdrawn_of(lot), **who)


@require_safe
@for_cooperative
def show_labels(request: CooperativeRequest, variant_id: int, code: str) -> HttpResponse:
    """A sheet of labels to print, in the language of the page; their code leads to the lot's public page."""
    lot = _lot(request, variant_id, code)
    qr = qr_path(f"{settings.SITE_URL}/lots/{lot.code}/")
    return show(request, "lot_labels.html", lot=lot, variant=lot.variant, qr=qr, places=range(LABELS_ON_A_SHEET))


@require_http_methods(["GET", "HEAD", "POST"])
@for_cooperative
def recall(request: CooperativeRequest, variant_id: int, code: str) -> HttpResponse:
    """Asks what is wrong, and says who will be told, before anybody is."""
    lot = _lot(request, variant_id, code)
    if lot.is_recalled:
        return go(request, "lot", variant_id, code)
    form = RecallForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        sure = _buyers(lot)
        askers = askers_sent(lot)
        perhaps = _number_told(lot, widely=True) - len(sure) - len(askers)
        who = {
            "buyers": sure,
            "askers": askers,
            "told": len(sure) + len(askers),
            "perhaps": perhaps,
            "at_stall": sold_of_lot(lot),
        }
        return show(request, "lot_recall.html", lot=lot, variant=lot.variant, form=form, **who)
    recall_lot(lot, form.cleaned_data["reason"], is_wide=form.cleaned_data["is_wide"], by=request.user)
    number = _number_told(lot, widely=form.cleaned_data["is_wide"])
    told = ngettext(
        "Lot %(code)s is recalled. We write to %(number)s buyer.",
        "Lot %(code)s is recalled. We write to %(number)s buyers.",
        number,
    )
    messages.success(request, told % {"code": lot.code, "number": number})
    return go(request, "lot", variant_id, code)


@require_http_methods(["GET", "HEAD", "POST"])
@for_cooperative
def withdraw(request: CooperativeRequest, variant_id: int, code: str) -> HttpResponse:
    """The recall was one too many: asks why, and says that those who were told hear it too."""
    lot = _lot(request, variant_id, code)
    if not lot.is_recalled:
        return go(request, "lot", variant_id, code)
    form = WithdrawRecallForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return show(request, "lot_withdraw.html", lot=lot, variant=lot.variant, form=form)
    try:
        withdraw_recall(lot, form.cleaned_data["why"], by=request.user)
        messages.success(
            request, _("Lot %(code)s is not recalled any more. Whoever was told is told that too.") % {"code": lot.code}
        )
    except LotNotRecalled as refusal:
        messages.error(request, str(refusal))
    return go(request, "lot", variant_id, code)


@require_POST
@for_cooperative
def throw_away(request: CooperativeRequest, variant_id: int, code: str) -> HttpResponse:
    """`Thrown away`: what is left of a lot is not on the shelf any more."""
    lot = _lot(request, variant_id, code)
    try:
        gone = throw_away_lot(lot, by=request.user)
    except PromisedMore as refusal:
        messages.error(request, str(refusal))
    else:
        told = {"product": lot.variant.product.name, "number": gone}
        messages.success(request, _("%(product)s: %(number)s thrown away.") % told)
    return go(request, "stock_count", variant_id)


def _lot(request: CooperativeRequest, variant_id: int, code: str) -> Lot:
    """The lot of the person's own variant, under the cooperative of the address. Raises NotFound."""
    variant = variant_of(request, variant_id)
    lot = get_lot(variant.pk, code)
    lot.variant = variant
    return lot


def _buyers(lot: Lot, *, widely: bool = False) -> Sequence[BuyerOfLot]:
    return buyers_sent(lot, widely=widely)


def _number_told(lot: Lot, *, widely: bool) -> int:
    return len(_buyers(lot, widely=widely)) + len(askers_sent(lot, widely=widely))


def _missing(on_hand: int, lot: Lot, promised: int) -> int:
    """How many pieces promised to buyers only the recalled lot could still give."""
    return max(promised - (on_hand - lot.on_hand), 0) if lot.is_recalled else 0
