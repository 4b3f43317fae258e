"""An operator says of single products whether its storefront shows them, and which come first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from twiza.domain.catalogue.selectors import (
    Place,
    ProductFilters,
    ProductList,
    card_rows_with,
    find_products,
    ids_of,
    products_on_sale,
)
from twiza.domain.storefronts.selectors import Choice, named_among, products_named_in, products_shown_in, rules_of
from twiza.domain.storefronts.services import (
    leave_out_product,
    move_earlier,
    move_later,
    show_first,
    show_product,
    show_with_others,
)
from twiza.entrypoints.workspace.views.stores import StoreRequest, for_its_manager
from twiza.kit.errors import DomainError, NotFound

if TYPE_CHECKING:
    from twiza.domain.catalogue.selectors import CardRow
    from twiza.domain.storefronts.models import StorefrontProduct

FOUND_AT_ONCE = 12
ACTS = {
    "show": show_product,
    "leave_out": leave_out_product,
    "first": show_first,
    "others": show_with_others,
    "earlier": move_earlier,
    "later": move_later,
}


@dataclass(frozen=True)
class FoundProduct:
    """A product somebody looked for, and what the storefront does with it."""

    row: CardRow
    is_shown: bool
    is_first: bool


@require_http_methods(["GET", "HEAD", "POST"])
@for_its_manager
def choose_products(request: StoreRequest) -> HttpResponse:
    """Those shown first, chosen and left out, and a search among all that is sold; without words, what is shown."""
    if request.method == "POST":
        return _change(request)
    words = request.GET.get("q", "").replace("\x00", "").strip()[:80]
    named = products_named_in(request.storefront)
    shown = products_shown_in(request.storefront, Choice(rules_of(request.storefront), named_among(named)))
    among = products_on_sale() if words else shown
    place = Place.asked(request.GET)
    found = find_products(among, ProductFilters(text=words), place, FOUND_AT_ONCE, with_counts=False)
    ids = set(ids_of(shown, found.ids) if words else found.ids)
    context = {
        "storefront": request.storefront,
        "words": words,
        "first": [one for one in named if one.place is not None],
        "chosen": [one for one in named if one.place is None and not one.is_left_out],
        "left_out": [one for one in named if one.is_left_out],
        "found": _with_what_is_done(found, ids, named),
        "previous_place": found.previous,
        "next_place": found.following,
    }
    return render(request, "workspace/store_products.html", context)


def _with_what_is_done(found: ProductList, shown: set[int], named: Sequence[StorefrontProduct]) -> list[FoundProduct]:
    first = {one.product_id for one in named if one.place is not None}
    return [FoundProduct(row, row.id in shown, row.id in first) for row in card_rows_with(found.ids, get_language() or "fr")]


def _change(request: StoreRequest) -> HttpResponse:
    for name, act in ACTS.items():
        typed = request.POST.get(name, "")
        if typed.isascii() and typed.isdigit() and len(typed) < 12:
            try:
                act(request.storefront, int(typed), by=request.user)
            except NotFound:
                raise
            except DomainError as refusal:
                messages.error(request, str(refusal))
    return HttpResponseRedirect(request.get_full_path())
