"""Coming into a storefront: open or not yet, in its languages, seen by everybody or by its people alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import get_language

from twiza.domain.catalogue.selectors import products_on_sale
from twiza.domain.storefronts.errors import StorefrontClosed
from twiza.domain.storefronts.selectors import (
    get_storefront_for,
    national_storefront,
    storefront_ever_opened,
    storefront_with,
    ways_of,
)
from twiza.entrypoints.ui.addresses import address_in_language, speak_only
from twiza.entrypoints.web.kept_parts import KeptParts, Part
from twiza.entrypoints.web.page_cache import keep_for_everybody
from twiza.entrypoints.web.store_frame import stand_in_frame
from twiza.kit import clock
from twiza.kit.errors import NotFound

if TYPE_CHECKING:
    from twiza.domain.storefronts.models import Storefront

View = Callable[..., HttpResponseBase]


class _NotOpen(Http404):
    """The storefront was opened, and cannot be visited today."""

    def __init__(self, storefront: Storefront) -> None:
        super().__init__(storefront.slug)
        self.storefront = storefront


class _NotSpoken(Http404):
    """The storefront does not speak the reader's language, but these."""

    def __init__(self, languages: tuple[str, ...]) -> None:
        super().__init__()
        self.languages = languages


# The market's own, which every page begins with. Whoever has it only reads it.
NATIONAL: KeptParts[str, Part] = KeptParts(most=1)


def open_storefront(store: str) -> Storefront:
    """The storefront behind the address; a page that does not exist otherwise."""
    if not store:
        national: Storefront | None = NATIONAL.one("", lambda: Part(national_storefront(), ("storefronts",))).content
        if national is None:
            raise Http404
        return national
    try:
        return storefront_with(store)
    except NotFound as refusal:
        raise Http404(str(refusal)) from refusal
    except StorefrontClosed as refusal:
        raise _NotOpen(storefront_ever_opened(store)) from refusal


def storefront_for(request: HttpRequest, store: str) -> Storefront:
    """As `storefront_at`; the page stands in its frame and is in its languages. `unless_closed` answers whoever may not come
    in, or reads another language."""
    storefront = storefront_at(request, store)
    if store:
        _come_in(request, storefront)
    return storefront


def readable_storefront(request: HttpRequest, store: str) -> tuple[Storefront, bool]:
    """As `storefront_for`, and True once it is closed: who bought in it must still be able to read what was promised."""
    try:
        return storefront_for(request, store), False
    except _NotOpen as closed:
        _come_in(request, closed.storefront)
        return closed.storefront, True


def known_storefront(request: HttpRequest, store: str) -> Storefront:
    """The one at this address, open now or not, whatever it speaks; while it is prepared, for its people alone."""
    try:
        return storefront_at(request, store)
    except _NotOpen as closed:
        return closed.storefront


def storefront_at(request: HttpRequest, store: str) -> Storefront:
    """The open one at this address, and for the people of its operator also one that is not open."""
    try:
        return open_storefront(store)
    except Http404:
        previewed = _previewed_by(request, store)
        if previewed is None:
            raise
        return previewed


def unless_closed(status: int = 404) -> Callable[[View], View]:
    """Where a storefront is not open, a visitor reads until when, with this status, and sees no goods; where it does not
    speak her language, she is led to the same page in its own."""

    def answering(view: View) -> View:
        @wraps(view)
        def page(request: HttpRequest, store: str = "", **named: str) -> HttpResponseBase:
            try:
                return view(request, store=store, **named)
            except _NotOpen as closed:
                return _show_closed(request, closed.storefront, named.get("slug", ""), status)
            except _NotSpoken as reader:
                return HttpResponseRedirect(address_in_language(request.get_full_path(), reader.languages[0]))

        return page

    return answering


def keep_unless_preview(response: HttpResponse, storefront: Storefront, topics: Iterable[str]) -> HttpResponse:
    """What everybody may visit is kept for everybody; a preview is for its people alone."""
    if storefront.is_open_now:
        return keep_for_everybody(response, topics)
    response["Cache-Control"] = "private, no-store"
    return response


def _come_in(request: HttpRequest, storefront: Storefront) -> None:
    languages = ways_of(storefront).languages
    if get_language() not in languages:
        raise _NotSpoken(languages)
    speak_only(request, languages)
    if not storefront.shows_everything:
        stand_in_frame(request, storefront)


def _previewed_by(request: HttpRequest, store: str) -> Storefront | None:
    try:
        return get_storefront_for(request.user, store) if request.user.is_authenticated else None
    except NotFound:
        return None


def _show_closed(request: HttpRequest, storefront: Storefront, product_slug: str, status: int) -> HttpResponse:
    """It opened before, or opens on a day to come. What one looked for may be had on the market."""
    is_to_come = storefront.state == "open" and storefront.opens_at > clock.now()
    context = {
        "storefront": storefront,
        "opens_on": localdate(storefront.opens_at) if is_to_come else None,
        "product": products_on_sale().filter(slug=product_slug).first() if product_slug else None,
    }
    return render(request, "web/shop/closed.html", context, status=status)
