"""Everything that a text can say, read once: about orders, about the shelf of whoever writes, and the rest."""

from __future__ import annotations

from dataclasses import replace

from twiza.entrypoints.sms.lexicon import acts
from twiza.entrypoints.sms.plain_reading import bare_answer, read_plain
from twiza.entrypoints.sms.reader import UNKNOWN, read
from twiza.entrypoints.sms.reading import UNKNOWN_INTENT, Reading
from twiza.entrypoints.sms.sale_reading import SOLD
from twiza.entrypoints.sms.shelf import Shelf
from twiza.entrypoints.sms.shelf_reading import CHANGES, read_about_shelf


def understand(text: str, shelf: Shelf) -> Reading:
    """What `text` says to somebody who sells what is on `shelf`. Sure only when there is one way to understand it."""
    bare = bare_answer(text)
    if bare:
        return Reading(bare, "sure")
    about_order = read(text)
    about_shelf = read_about_shelf(text, shelf)
    plain = read_plain(text)
    if about_shelf is None and plain is not None and about_order.is_repaired and plain.doubt != "spelling":
        return plain
    if about_order.intent == SOLD:
        return _sale(about_order, about_shelf)
    if about_shelf is not None:
        return _order_or_shelf(about_order, about_shelf, shelf)
    return _order_or_plain(about_order, plain)


def _sale(sale: Reading, about_shelf: Reading | None) -> Reading:
    if about_shelf is not None and about_shelf.intent == "sold_out":
        return about_shelf
    if about_shelf is None or about_shelf.intent != SOLD:
        is_other = about_shelf is not None and about_shelf.intent == UNKNOWN_INTENT
        return UNKNOWN if is_other else replace(sale, certainty="ask", doubt=sale.doubt or "which_product")
    if sale.certainty == "ask" and about_shelf.certainty == "sure":
        return replace(about_shelf, certainty="ask", doubt=sale.doubt, rest=sale.rest)
    return replace(about_shelf, rest=sale.rest)


def _order_or_shelf(about_order: Reading, about_shelf: Reading, shelf: Shelf) -> Reading:
    """Words that fit both are a command about neither until somebody says which."""
    is_for_order = about_order.intent != UNKNOWN_INTENT and acts(about_order.intent) and bool(about_order.order)
    if about_order.certainty == "sure" and is_for_order:
        if about_shelf.certainty == "sure":
            return UNKNOWN
        return _unless_reason_commands(about_order, shelf)
    if is_for_order and about_order.doubt != "spelling" and about_order.intent != "nobody_home":
        return about_order
    return about_shelf


def _unless_reason_commands(refusal: Reading, shelf: Shelf) -> Reading:
    """`NON 1523 stock amlou 12`: the reason is a command of its own."""
    other = read_about_shelf(refusal.reason, shelf) if refusal.reason else None
    if other is not None and other.intent in CHANGES and other.certainty == "sure":
        return replace(refusal, certainty="ask", doubt="two_commands")
    return refusal


def _order_or_plain(about_order: Reading, plain: Reading | None) -> Reading:
    if plain is None:
        return about_order
    is_exact = about_order.intent != UNKNOWN_INTENT and about_order.doubt != "spelling"
    if is_exact and not (plain.certainty == "sure" and about_order.certainty != "sure" and not about_order.order):
        return about_order
    if not is_exact and plain.doubt == "spelling" and about_order.intent != UNKNOWN_INTENT:
        return UNKNOWN
    return plain
