"""Offers as files, written one at a time: RSS in the words of Google's product data, CSV in those of Meta's catalogues."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from xml.sax.saxutils import escape

from twiza.entrypoints.web.offers import Offer
from twiza.entrypoints.web.structured_data import FICTION
from twiza.kit.spreadsheets import inert_cell

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel>\n'
END = "</channel></rss>\n"
LONGEST_TITLE, LONGEST_STORY = 150, 5_000
IN_GOOGLES_WORDS = {"made_to_order": "backorder"}
IN_METAS_WORDS = {"made_to_order": "available for order", "in_stock": "in stock", "out_of_stock": "out of stock"}
# What XML 1.0 cannot hold, however it is written.
UNWRITABLE = {code: None for code in (*range(0x20), 0xFFFE, 0xFFFF) if chr(code) not in "\t\n\r"}
COLUMNS = (
    "id", "item_group_id", "title", "description", "availability", "condition", "price", "link", "image_link", "brand",
    "product_type", "external_seller_id", "unit_pricing_measure", "unit_pricing_base_measure", "custom_label_0",
)  # fmt: skip
# What people wrote. The rest is ours, and no spreadsheet takes it for a formula.
WRITTEN_BY_PEOPLE = frozenset({"title", "description", "brand", "product_type"})
Write = Callable[[str, str, Iterable[Offer]], Iterator[str]]


def as_google_xml(title: str, link: str, offers: Iterable[Offer]) -> Iterator[str]:
    """RSS 2.0: the storefront's name and address, then its offers."""
    yield HEAD + _tag("title", title) + _tag("link", link)
    for offer in offers:
        said = {**_said(offer), "availability": IN_GOOGLES_WORDS.get(offer.availability, offer.availability)}
        # Cooperatives have no bar codes.
        said |= {"identifier_exists": "no", "availability_date": offer.ships_on.isoformat() if offer.ships_on else ""}
        yield "<item>" + "".join(_tag(f"g:{name}", value) for name, value in said.items() if value) + "</item>\n"
    yield END


def as_meta_csv(title: str, link: str, offers: Iterable[Offer]) -> Iterator[str]:
    """Headings, then a line for each offer. What a spreadsheet would run is only shown: an apostrophe goes before it."""
    yield _line(COLUMNS)
    for offer in offers:
        said = {**_said(offer), "availability": IN_METAS_WORDS.get(offer.availability, offer.availability)}
        yield _line([inert_cell(said[name]) if name in WRITTEN_BY_PEOPLE else said[name] for name in COLUMNS])


WRITERS: dict[str, tuple[Write, str]] = {
    "google.xml": (as_google_xml, "application/xml; charset=utf-8"),
    "meta.csv": (as_meta_csv, "text/csv; charset=utf-8"),
}


def _said(offer: Offer) -> dict[str, str]:
    """What both are told, in the names both have for it."""
    in_short = " · ".join(filter(None, (offer.name, offer.content, offer.seller, offer.commune)))
    return {
        "id": str(offer.id),
        "item_group_id": str(offer.product_id),
        "title": " · ".join(filter(None, (offer.name, offer.content)))[:LONGEST_TITLE],
        "description": (offer.story or in_short)[:LONGEST_STORY],
        "condition": "new",
        "price": f"{offer.price_centimes // 100}.{offer.price_centimes % 100:02} MAD",
        "link": offer.url,
        "image_link": offer.picture,
        "brand": offer.seller,
        "product_type": " > ".join(offer.kinds),
        "external_seller_id": str(offer.cooperative_id),
        "unit_pricing_measure": offer.measure,
        "unit_pricing_base_measure": offer.base_measure,
        "custom_label_0": FICTION if offer.is_fictional else "",
    }


def _tag(name: str, value: str) -> str:
    return f"<{name}>{escape(value.translate(UNWRITABLE))}</{name}>"


def _line(cells: Iterable[str]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue()
