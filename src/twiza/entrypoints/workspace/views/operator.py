"""An operator's first screen: what is in trouble in a storefront, what is new, and whom it shows."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from twiza.domain.aftersales.selectors import decisions_waiting_in
from twiza.domain.directory.rules import manages
from twiza.domain.orders.selectors import groups_from_storefront
from twiza.domain.storefronts.selectors import choice_of, cooperatives_shown_in, get_storefront_for, product_counts_in
from twiza.entrypoints.workspace.access import SignedInRequest, signed_in
from twiza.entrypoints.workspace.operator_queue import queue_of


@require_safe
@signed_in
def show_storefront(request: SignedInRequest, slug: str) -> HttpResponse:
    """Orders in trouble first, then the newest; the cooperatives with their products."""
    storefront = get_storefront_for(request.user, slug)
    # The market as a whole shows too many to be listed.
    choice = choice_of(storefront)
    counts = {} if storefront.shows_everything else product_counts_in(storefront, choice)
    queue = queue_of(groups_from_storefront(storefront), storefront)
    return render(
        request,
        "workspace/operator.html",
        {
            "storefront": storefront,
            "manages": storefront.operator is not None and manages(request.user, storefront.operator),
            "to_decide": decisions_waiting_in(storefront),
            "queue": queue,
            "late": sum(row.trouble == "late" for row in queue),
            "waiting": sum(row.card.action == "answer" for row in queue),
            "under_way": sum(row.card.action not in {"answer", "nothing"} for row in queue),
            "shown": [(cooperative, counts.get(cooperative.pk, 0)) for cooperative in cooperatives_shown_in(storefront, choice)],
        },
    )
