"""`STOCK 2 40`, `ZID 5 amlou`, `PLUS DE safran`, `PRIX 2 90`: what stands on the shelf, and what it costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from twiza.domain.catalogue.services import set_price
from twiza.domain.inventory.selectors import shelf_row_of
from twiza.domain.inventory.services import count_stock, receive_stock
from twiza.entrypoints.sms.own_shelf import OwnShelf
from twiza.entrypoints.sms.reading import Reading
from twiza.entrypoints.sms.replies import INSTEAD, Reply
from twiza.entrypoints.sms.sales import in_words
from twiza.entrypoints.sms.senders import Sender
from twiza.entrypoints.sms.shelf_reading import MOST_DIRHAMS, MOST_PIECES
from twiza.kit.money import centimes_of, plain

if TYPE_CHECKING:
    from twiza.domain.inventory.selectors import ShelfRow
    from twiza.foundation.accounts.models import User

# A price that jumps further than this, or ten times the pieces, is asked back first.
MOST_PRICE_CHANGE_PERCENT = 30
MOST_TIMES_THE_STOCK = 10
_WORDS = {
    "stock": {"fr": "STOCK", "ar": "مخزون", "ary": "STOCK", "en": "STOCK"},
    "price": {"fr": "PRIX", "ar": "ثمن", "ary": "TAMAN", "en": "PRICE"},
}
_MOST_LISTED = 4
ASKS = frozenset({"price_ask", "stock_ask"})


def answer_about_shelf(reading: Reading, sender: Sender, own: OwnShelf | None) -> Reply:
    """Done at once when nothing is in doubt; else one question, and the answer to it is waited for."""
    if own is None or sender.person is None:
        return Reply("not_understood", outcome="not_understood", needs_person=True)
    if not own.rows:
        return Reply("sold_nothing", outcome="asked")
    if reading.intent in ASKS:
        return _facts(reading, sender, own)
    if reading.candidates:
        return _which(reading, sender, own)
    if not reading.product or not _fits(reading):
        return _say_it_so(reading, sender, own)
    row = own.rows[reading.product]
    if reading.certainty != "sure" or _is_a_leap(reading, row):
        return _really(reading, row, sender)
    return change(reading.intent, reading.amount, row, sender, sender.person)


def change(intent: str, amount: str, row: ShelfRow, sender: Sender, by: User) -> Reply:
    """The same as behind the button. Raises its refusals: PromisedMore, ImplausiblePrice, NotFound."""
    content = in_words(row.variant, sender.language)
    if intent == "price_set":
        was = row.variant.price_centimes
        priced = set_price(row.variant, centimes_of(Decimal(amount)), by=by)
        undo = {"what": "price", "variant": row.variant.pk, "was": was, "is": priced.price_centimes}
        values = {"content": content, "amount": plain(priced.price_centimes), "was": plain(was)}
        return Reply("price_now", values, undo=undo)
    if intent == "stock_add":
        level = receive_stock(row.variant.pk, int(Decimal(amount)), by=by)
    else:
        counted = row.promised if intent == "sold_out" else int(Decimal(amount))
        level = count_stock(row.variant.pk, counted, by=by)
    undo = {"what": "stock", "variant": row.variant.pk, "was": row.on_hand, "is": level.on_hand}
    values = {"content": content, "left": str(level.on_hand), "was": str(row.on_hand)}
    return Reply("stock_now", values, undo=undo)


def _facts(reading: Reading, sender: Sender, own: OwnShelf) -> Reply:
    """What it costs and how much is there; of several, each in a few words."""
    codes = (reading.product,) if reading.product else reading.candidates
    if not codes:
        return _say_it_so(reading, sender, own)
    facts = [_fact(own.rows[code], sender, price=reading.intent == "price_ask") for code in codes[:_MOST_LISTED]]
    return Reply("shelf_facts", {"content": ", ".join(facts)})


def _fact(row: ShelfRow, sender: Sender, *, price: bool) -> str:
    name = in_words(row.variant, sender.language)
    amount = f"{plain(row.variant.price_centimes)} {'د.م.' if sender.language == 'ar' else 'DH'}"
    return f"{name}: {amount}" if price else f"{name}: {shelf_row_of(row.variant).saleable}"


def _fits(reading: Reading) -> bool:
    """What may be asked about with a yes: a whole number of pieces, and nothing that nobody means."""
    if reading.intent == "sold_out":
        return reading.doubt != "which_amount"
    if not reading.amount:
        return False
    amount = Decimal(reading.amount)
    if reading.intent == "price_set":
        return 0 < amount <= MOST_DIRHAMS and reading.doubt not in {"which_amount", "implausible"}
    least = 0 if reading.intent == "stock_set" else 1
    return least <= amount <= MOST_PIECES and amount == int(amount) and reading.doubt != "which_amount"


def _is_a_leap(reading: Reading, row: ShelfRow) -> bool:
    if reading.intent == "price_set":
        was, wanted = row.variant.price_centimes, centimes_of(Decimal(reading.amount))
        return abs(wanted - was) * 100 > MOST_PRICE_CHANGE_PERCENT * was
    if reading.intent == "sold_out":
        return False
    before, more = row.on_hand, int(Decimal(reading.amount))
    after = more if reading.intent == "stock_set" else before + more
    return before > 0 and after >= MOST_TIMES_THE_STOCK * before


def _really(reading: Reading, row: ShelfRow, sender: Sender) -> Reply:
    """The change as it was read, with what stands there now; a yes does it."""
    waits = {"ask": "change", "intent": reading.intent, "amount": reading.amount, "variant": row.variant.pk}
    content = in_words(row.variant, sender.language)
    if reading.intent == "price_set":
        values = {"content": content, "amount": plain(centimes_of(Decimal(reading.amount)))}
        return Reply("price_really", {**values, "was": plain(row.variant.price_centimes)}, outcome="asked", waits=waits)
    values = {"content": content, "left": _after(reading, row), "was": str(row.on_hand)}
    return Reply("stock_really", values, outcome="asked", waits=waits)


def _after(reading: Reading, row: ShelfRow) -> str:
    if reading.intent == "sold_out":
        return str(row.promised)
    amount = int(Decimal(reading.amount))
    return str(row.on_hand + amount if reading.intent == "stock_add" else amount)


def _which(reading: Reading, sender: Sender, own: OwnShelf) -> Reply:
    """The numbers of those that may be meant; one of them is the answer, when all else was said."""
    values = {"number": reading.candidates[0], "content": own.named(reading.candidates[:_MOST_LISTED], sender)}
    if not _fits(reading):
        return Reply("shelf_which", values, outcome="asked")
    of = {code: own.rows[code].variant.pk for code in reading.candidates}
    waits: Mapping[str, object] = {"ask": "which", "intent": reading.intent, "amount": reading.amount, "of": of}
    return Reply("shelf_which", values, outcome="asked", waits=waits)


def _say_it_so(reading: Reading, sender: Sender, own: OwnShelf) -> Reply:
    """The text that leaves no doubt, with the numbers of the shelf."""
    language = INSTEAD.get(sender.language, sender.language)
    word = _WORDS["price" if reading.intent.startswith("price") else "stock"][language]
    codes: Sequence[str] = [reading.product] if reading.product else list(own.rows)
    values = {"word": word, "number": codes[0], "content": own.named(codes[:_MOST_LISTED], sender)}
    return Reply("shelf_say", values, outcome="asked")


ANSWERS = dict.fromkeys(("stock_set", "stock_add", "sold_out", "price_set", "price_ask", "stock_ask"), answer_about_shelf)
