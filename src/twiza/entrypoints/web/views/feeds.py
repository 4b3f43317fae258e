"""What is new on sale, for whoever follows it with a reader of feeds."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from twiza.domain.catalogue.selectors import rows_with_keys
from twiza.domain.storefronts.selectors import products_shown_in
from twiza.entrypoints.ui.amounts import write_dirhams
from twiza.entrypoints.web.cards import cards_of_rows, topics_of
from twiza.entrypoints.web.public_address import absolute
from twiza.entrypoints.web.views.products import A_LIST
from twiza.entrypoints.web.visiting import keep_unless_preview, storefront_for, unless_closed

NEWEST = 40


@require_safe
@unless_closed()
def show_new_products(request: HttpRequest, store: str = "") -> HttpResponse:
    """The newest products of a storefront, of the national one when none is named: name, who makes it, what it costs."""
    storefront = storefront_for(request, store)
    language = get_language() or "fr"
    newest = products_shown_in(storefront).order_by("-published_at", "-id")[:NEWEST]
    rows, keys = rows_with_keys(newest, language)
    cards, moments = cards_of_rows(rows, store), {key.id: key.published_at for key in keys}
    feed = Rss201rev2Feed(
        title=_("New products · %(storefront)s") % {"storefront": storefront.name},
        link=absolute(_list_address(store)),
        description=_("What cooperatives have just put on sale"),
        language=language,
        feed_url=absolute(request.path),
    )
    for row, card in zip(rows, cards, strict=True):
        feed.add_item(
            title=f"{card.name} · {card.who}",
            link=absolute(card.url),
            description=" · ".join(filter(None, [card.content, write_dirhams(card.price, language), card.where])),
            pubdate=moments[row.id],
            unique_id=absolute(card.url),
            unique_id_is_permalink=True,
        )
    response = HttpResponse(feed.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")
    return keep_unless_preview(response, storefront, [*A_LIST, *topics_of(cards)])


def _list_address(store: str) -> str:
    return reverse("web:store-products", args=[store]) if store else reverse("web:products")
