"""What a cooperative packs: everything to take from the shelf at once, and a label for each parcel."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from twiza.domain.aftersales.selectors import replacements_to_pack
from twiza.domain.orders.selectors import orders_of_cooperative
from twiza.entrypoints.workspace.access import CooperativeRequest, for_cooperative
from twiza.entrypoints.workspace.packing_lists import packing_list_of
from twiza.entrypoints.workspace.screens import show


@require_safe
@for_cooperative
def show_list(request: CooperativeRequest) -> HttpResponse:
    """To print. It carries addresses, so only what was accepted or promised is in it."""
    orders = orders_of_cooperative(request.cooperative, is_open=True)
    complaints = replacements_to_pack(request.cooperative)
    return show(request, "packing.html", packing=packing_list_of(orders, complaints))
