"""An operator says how many of a product may be ordered through its storefront."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from twiza.domain.catalogue.selectors import (
    Assortment,
    Place,
    ProductFilters,
    ProductList,
    card_rows_with,
    find_products,
)
from twiza.domain.orders.selectors import quotas_and_orders
from twiza.domain.storefronts.selectors import assortment_of, choice_of, products_shown_in, quotas_at
from twiza.domain.storefronts.services import set_quota
from twiza.entrypoints.workspace.views.stores import StoreRequest, for_its_manager
from twiza.foundation.search.selectors import is_index_ready

if TYPE_CHECKING:
    from twiza.domain.catalogue.selectors import CardRow

ON_A_PAGE = 24
FIELD = re.compile(r"most-([0-9]{1,12})")
MOST_DIGITS = 6


@dataclass(frozen=True)
class QuotaRow:
    """A product, what is said of it, and how many pieces were ordered here so far."""

    row: CardRow
    most_pieces: int | None
    ordered: int


@require_http_methods(["GET", "HEAD", "POST"])
@for_its_manager
def say_quotas(request: StoreRequest) -> HttpResponse:
    """Every product it shows, or those that answer to some words, each with a number that may stay empty."""
    if request.method == "POST":
        return _save(request)
    words = request.GET.get("q", "").replace("\x00", "").strip()[:80]
    choice = choice_of(request.storefront)
    assortment = assortment_of(request.storefront, choice) if words and is_index_ready() else Assortment()
    filters = ProductFilters(text=words, assortment=assortment)
    shown = products_shown_in(request.storefront, choice)
    found = find_products(shown, filters, Place.asked(request.GET), ON_A_PAGE, with_counts=False)
    context = {
        "storefront": request.storefront,
        "words": words,
        "rows": _rows(request, found),
        "previous_place": found.previous,
        "next_place": found.following,
    }
    return render(request, "workspace/store_quotas.html", context)


def _rows(request: StoreRequest, found: ProductList) -> list[QuotaRow]:
    known = quotas_and_orders(request.storefront.pk, found.ids)
    return [QuotaRow(row, *known[row.id]) for row in card_rows_with(found.ids, get_language() or "fr")]


def _save(request: StoreRequest) -> HttpResponse:
    """Those that changed; a number nobody can read is said, and the others are kept."""
    asked = {int(found[1]): str(typed).strip() for name, typed in request.POST.items() if (found := FIELD.fullmatch(name))}
    before = quotas_at([request.storefront.pk], list(asked))
    unread = []
    for product, typed in asked.items():
        if typed and not (typed.isdecimal() and len(typed) <= MOST_DIGITS):
            unread.append(typed[:20])
        elif (most := int(typed) if typed else None) != before.get((request.storefront.pk, product)):
            set_quota(request.storefront, product, most, by=request.user)
    for typed in unread:
        messages.error(request, _("“%(typed)s” is not a number of pieces. The others are kept.") % {"typed": typed})
    if not unread:
        messages.success(request, _("Saved."))
    return HttpResponseRedirect(request.get_full_path())
