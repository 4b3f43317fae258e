"""The first screen, and the one that only tells: help."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from twiza.domain.aftersales.selectors import open_complaints_to, open_returns_to
from twiza.domain.directory.rules import employer_of, keeps_register
from twiza.domain.directory.selectors import closings_today, cooperatives_run_by, has_open_bank_change, is_page_stale
from twiza.domain.enquiries.selectors import count_enquiries_to_answer
from twiza.domain.inventory.selectors import shelf_of
from twiza.domain.ledger.selectors import balance_of
from twiza.domain.orders.selectors import work_left
from twiza.domain.orders.selectors.coupons import coupons_to_agree_to
from twiza.domain.payments.selectors import hand_overs_for
from twiza.domain.quotes.selectors import count_quotes_to_answer
from twiza.domain.storefronts.selectors import operators_managed_by, storefronts_run_by, storefronts_showing
from twiza.entrypoints.workspace.access import CooperativeRequest, SignedInRequest, for_cooperative, signed_in
from twiza.entrypoints.workspace.screens import show

# Beyond this many, an agent's cooperatives are a list below what is the agent's own.
MOST_TILES = 6


@require_safe
@signed_in
def choose(request: SignedInRequest) -> HttpResponse:
    """Where one works. Whoever works in one place is there at once."""
    cooperatives = list(cooperatives_run_by(request.user))
    storefronts = storefronts_run_by(request.user)
    has_register = keeps_register(request.user)
    # An agent of one cooperative may wish to ask another one.
    is_agent = employer_of(request.user) is not None
    may_open = not storefronts and bool(operators_managed_by(request.user))
    if len(cooperatives) + len(storefronts) == 1 and not may_open and not has_register and not (is_agent and cooperatives):
        name, slug = ("cooperative", cooperatives[0].slug) if cooperatives else ("storefront", storefronts[0].slug)
        return HttpResponseRedirect(reverse(f"workspace:{name}", args=[slug]))
    places = {"cooperatives": cooperatives, "storefronts": storefronts, "keeps_register": has_register, "is_agent": is_agent}
    are_many = len(cooperatives) > MOST_TILES
    return render(request, "workspace/choose.html", {**places, "may_open": may_open, "are_many": are_many})


@require_safe
@for_cooperative
def show_cooperative(request: CooperativeRequest) -> HttpResponse:
    """The six big actions, each with its number."""
    shelf = shelf_of(request.cooperative.pk)
    prices = [row.variant.price_centimes for row in shelf]
    return show(
        request,
        "home.html",
        work=work_left(request.cooperative),
        balance_centimes=balance_of(request.cooperative.pk),
        sold_out=sum(row.is_sold_out for row in shelf),
        pieces=sum(row.saleable for row in shelf),
        products=len({row.variant.product_id for row in shelf}),
        drafts=len({row.variant.product_id for row in shelf if row.variant.product.state == "draft"}),
        least_price=min(prices, default=None),
        most_price=max(prices, default=None),
        bank_change_waits=has_open_bank_change(request.cooperative),
        closed_until=closings_today([request.cooperative.pk]).get(request.cooperative.pk),
        page_is_stale=is_page_stale(request.cooperative),
        complaints=open_complaints_to(request.cooperative),
        returns=open_returns_to(request.cooperative),
        quotes_to_answer=count_quotes_to_answer(request.cooperative),
        enquiries_to_answer=count_enquiries_to_answer(request.cooperative),
        coupons_to_agree=coupons_to_agree_to(request.cooperative),
        cash_to_answer=len(hand_overs_for(request.user, request.cooperative)),
        has_several=cooperatives_run_by(request.user).count() > 1,
    )


@require_safe
@for_cooperative
def show_help(request: CooperativeRequest) -> HttpResponse:
    """How it works, whom to call, and what one can do by text message."""
    storefronts = [storefront for storefront in storefronts_showing(request.cooperative) if storefront.phone]
    return show(request, "help.html", storefronts=storefronts)
