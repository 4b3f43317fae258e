"""The page behind the code on a label: who made it, where, when, until when it is good, and whether it is called back."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from twiza.domain.catalogue.selectors import makers_named
from twiza.domain.directory.states import SHOWN_TO_ALL
from twiza.domain.inventory.selectors import lot_with, recall_withdrawn_of
from twiza.entrypoints.web.made_by import made_by
from twiza.entrypoints.web.page_cache import keep_for_everybody
from twiza.entrypoints.web.product_facts import facts_of
from twiza.kit.errors import NotFound


def show_lot(request: HttpRequest, code: str) -> HttpResponse:
    """Also when the product is sold no more: it may still stand in somebody's kitchen. In no search engine's list."""
    try:
        lot = lot_with(code)
    except NotFound as refusal:
        raise Http404 from refusal
    product = lot.variant.product
    cooperative = product.cooperative
    context = {
        "lot": lot,
        "product": product,
        "cooperative": cooperative,
        "revision": cooperative.published_revision,
        "is_shown": cooperative.state in SHOWN_TO_ALL,
        "photo": next(iter(product.shown_photos), None),
        "facts": facts_of(product),
        "withdrawn": recall_withdrawn_of(lot),
        "made_by": made_by(makers_named(product), of=cooperative),
    }
    topics = (
        f"stock:{lot.variant_id}",
        f"product:{product.pk}",
        f"organisation:{cooperative.pk}",
        f"makers:{cooperative.pk}",
        "kinds",
    )
    return keep_for_everybody(render(request, "web/lots/lot.html", context), topics)
