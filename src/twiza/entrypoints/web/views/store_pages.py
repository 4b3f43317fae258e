"""What a storefront says of itself: each page, and all of them on one sheet that can be printed and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from twiza.domain.delivery.selectors import indicative_tariffs
from twiza.domain.storefronts.selectors import page_shown_in, pages_shown_in, sellers_in, ways_of
from twiza.entrypoints.web.narrowing import page_in
from twiza.entrypoints.web.product_facts import is_brought
from twiza.entrypoints.web.visiting import keep_unless_preview, readable_storefront, unless_closed
from twiza.kit.errors import NotFound
from twiza.kit.phone import shown_phone

if TYPE_CHECKING:
    from twiza.domain.storefronts.models import Storefront

# The operator's identity and its words; who sells changes with the products.
A_PAGE = ("storefronts", "organisations")
SELLERS = ("products",)


@unless_closed()
def show_page(request: HttpRequest, store: str, page: str) -> HttpResponse:
    """One page, in the reader's language or the nearest one there is."""
    storefront, is_over = readable_storefront(request, store)
    try:
        shown = page_shown_in(storefront, page, get_language() or "fr")
    except NotFound as refusal:
        raise Http404 from refusal
    context: dict[str, object] = {"storefront": storefront, "store": store, "shown": shown, "is_over": is_over}
    topics = topics_of_pages(storefront)
    if page == "legal":
        context["sellers"] = found = sellers_in(storefront, page_in(request.GET))
        topics += [*SELLERS, *(f"organisation:{seller.id}" for seller in found.sellers)]
    if page == "delivery" and is_brought(ways_of(storefront).carriers):
        context["tariffs"] = indicative_tariffs(storefront.operator_id)
        topics.append("tariffs")
    return keep_unless_preview(render(request, "web/shop/page.html", context), storefront, topics)


@unless_closed()
def show_all_pages(request: HttpRequest, store: str) -> HttpResponse:
    """Everything a buyer may want to keep, on one sheet."""
    storefront, is_over = readable_storefront(request, store)
    if storefront.shows_everything:
        return HttpResponseRedirect(reverse("web:terms"))
    pages = pages_shown_in(storefront, get_language() or "fr")
    context = {
        "storefront": storefront,
        "store": store,
        "pages": pages,
        "is_over": is_over,
        "phone": shown_phone(storefront.phone),
    }
    return keep_unless_preview(render(request, "web/shop/conditions.html", context), storefront, topics_of_pages(storefront))


def topics_of_pages(storefront: Storefront) -> list[str]:
    """What its pages are made of: its words, and who its operator is."""
    return [*A_PAGE, *([f"organisation:{storefront.operator_id}"] if storefront.operator_id else [])]
