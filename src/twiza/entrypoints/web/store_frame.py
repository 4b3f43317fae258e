"""A storefront's own header and footer, around every page that stands in it."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from twiza.domain.storefronts.selectors import look_of, page_links, storefront_ever_opened, ways_of
from twiza.entrypoints.ui.addresses import speak_only
from twiza.entrypoints.ui.site import StoreFrame
from twiza.entrypoints.web.own_host import store_here
from twiza.entrypoints.web.store_theme import version_of_theme
from twiza.kit.errors import NotFound

if TYPE_CHECKING:
    from twiza.domain.storefronts.models import Storefront

FRAME = "store_frame"


def stand_in_frame(request: HttpRequest, storefront: Storefront) -> None:
    """Whatever is shown for this request names the storefront above and below."""
    store = storefront.slug
    pages = ((title, reverse("web:store-page", args=[store, kind])) for kind, title in page_links())
    everything = (_("All of it on one sheet"), reverse("web:store-conditions", args=[store]))
    look = look_of(storefront)
    frame = StoreFrame(
        name=storefront.name,
        home_url=reverse("web:store", args=[store]),
        theme_url=theme_url(store, look.colour),
        logo_url=look.logo_url,
        logo_width=look.logo_width,
        logo_height=look.logo_height,
        links=(*pages, everything),
    )
    setattr(request, FRAME, frame)


def theme_url(store: str, colour: str) -> str:
    """Where the style sheet of this colour is; none for ours."""
    return f"{reverse('store-theme', args=[store])}?v={version_of_theme(colour)}" if colour else ""


def frame_of(request: HttpRequest) -> StoreFrame | None:
    """The frame the page stands in; none on the market's own pages. On a storefront's own host every page stands in its own."""
    if store_here() and not hasattr(request, FRAME):
        with suppress(NotFound):
            storefront = storefront_ever_opened(store_here())
            speak_only(request, ways_of(storefront).languages)
            stand_in_frame(request, storefront)
    return getattr(request, FRAME, None)
