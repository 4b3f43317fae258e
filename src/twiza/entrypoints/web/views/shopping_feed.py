"""What is on sale as shopping sites and social networks read it: RSS 2.0 with the words of Google's product data.

Sent while it is read from the tables, so that a catalogue of any size needs no more memory than a small one.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from django.core.files.storage import default_storage
from django.http import HttpRequest, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import get_language, override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from twiza.domain.catalogue.rules import Buying, how_it_can_be_bought
from twiza.domain.catalogue.selectors import CardRow, CardVariant, rows_in_turn, stories_of
from twiza.domain.inventory.selectors import Left, what_is_left
from twiza.domain.storefronts.selectors import products_shown_in
from twiza.entrypoints.web.open_data import in_pieces
from twiza.entrypoints.web.public_address import absolute
from twiza.entrypoints.web.visiting import storefront_for, unless_closed
from twiza.kit import clock
from twiza.kit.quantities import named_content

if TYPE_CHECKING:
    from twiza.domain.storefronts.models import Storefront

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel>\n'
END = "</channel></rss>\n"
LONGEST_TITLE, LONGEST_STORY = 150, 5_000
# As many as those who read it take; and a visitor cannot keep a server busy for long.
MOST_PRODUCTS, AT_ONCE = 50_000, 500


@require_safe
@cache_control(public=True, max_age=3600)
@unless_closed()
def send_products(request: HttpRequest, store: str = "") -> StreamingHttpResponse:
    """Each size of each of the newest products that has a photo, for those who show it elsewhere: they accept nothing without
    one. Nothing for whoever asks for the head alone."""
    storefront = storefront_for(request, store)
    written = _written(storefront, store, get_language() or "fr") if request.method == "GET" else iter(())
    pieces = in_pieces(written)
    return StreamingHttpResponse(pieces, content_type="application/xml; charset=utf-8")


def _written(storefront: Storefront, store: str, language: str) -> Iterator[str]:
    with override(language):
        yield HEAD
        yield _tag("title", storefront.name) + _tag("link", absolute(reverse("web:home")))
        for rows in islice(rows_in_turn(products_shown_in(storefront), language, AT_ONCE), MOST_PRODUCTS // AT_ONCE):
            pictured = [row for row in rows if row.photo is not None]
            left = what_is_left(variant.id for row in pictured for variant in row.variants)
            stories = stories_of([row.id for row in pictured], language)
            for row in pictured:
                yield from (_item(row, size, left[size.id], stories.get(row.id, ""), store, language) for size in row.variants)
        yield END


def _item(row: CardRow, size: CardVariant, left: Left, story: str, store: str, language: str) -> str:
    content = named_content(size.name, size.net_content, size.net_unit, language)
    address = reverse("web:store-product", args=[store, row.slug]) if store else reverse("web:product", args=[row.slug])
    buying = how_it_can_be_bought(row.terms, left.saleable, left.reservable, clock.today())
    said = {
        "g:id": str(size.id),
        "g:item_group_id": str(row.id),
        "g:title": " · ".join(filter(None, [row.name, content]))[:LONGEST_TITLE],
        "g:description": (story or " · ".join(filter(None, [row.name, content, row.cooperative, row.commune])))[:LONGEST_STORY],
        "g:link": absolute(address),
        "g:image_link": absolute(default_storage.url(row.photo.medium)) if row.photo else "",
        "g:availability": _availability(buying),
        "g:availability_date": buying.ships_by.isoformat() if buying.is_preorder and buying.ships_by else "",
        "g:price": f"{size.price_centimes // 100}.{size.price_centimes % 100:02} MAD",
        "g:brand": row.cooperative,
        "g:condition": "new",
        # Cooperatives have no bar codes.
        "g:identifier_exists": "no",
    }
    return "<item>" + "".join(_tag(name, value) for name, value in said.items() if value) + "</item>\n"


def _availability(buying: Buying) -> str:
    if not buying.is_possible:
        return "out_of_stock"
    if buying.is_preorder:
        return "preorder"
    return "backorder" if buying.is_made_to_order else "in_stock"


def _tag(name: str, value: str) -> str:
    return f"<{name}>{escape(value)}</{name}>"
