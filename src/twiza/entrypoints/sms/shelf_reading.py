"""Reads a text about the shelf: so much is there, so much came, it is sold out, it costs so much.

Deterministic, and within the sender's own catalogue. Whatever can be read in two ways is asked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from twiza.entrypoints.sms.amounts import Amount, Piece, taken_apart
from twiza.entrypoints.sms.lexicon import phrases
from twiza.entrypoints.sms.reading import UNKNOWN_INTENT, Doubt, Reading
from twiza.entrypoints.sms.shelf import Item, Shelf
from twiza.entrypoints.sms.small_words import negates
from twiza.entrypoints.sms.spelling import nearest
from twiza.entrypoints.sms.tables import Phrase, commands, small_words
from twiza.kit.folding import fold

TOPICS = frozenset({"stock", "have", "stock_add", "sold", "sold_out", "price", "price_ask", "how_many"})
CHANGES = frozenset({"stock_set", "stock_add", "sold", "price_set"})
# What one word says is already in the other: `stock ... +5`, `il reste ... en stock`.
_SAID_BY: Mapping[str, frozenset[str]] = {
    "sold_out": frozenset({"stock", "have"}),
    "how_many": frozenset({"stock", "have"}),
    "price_ask": frozenset({"price", "have"}),
    "stock_add": frozenset({"stock", "have"}),
    "sold": frozenset({"stock", "have"}),
    "stock": frozenset({"have"}),
    "price": frozenset(),
}
_MENU = {"2": "stock", "3": "price"}
_CODE = re.compile(r"\d{1,3}[a-z]")
_OR_MORE_OF = frozenset({("plus", "de"), ("plus", "d")})
MOST_PIECES, MOST_DIRHAMS = 10_000, 5_000
LONGEST_PHRASE = 6
# With more words than these beside the command it is a letter.
MOST_LEFT_OVER = 6


@dataclass
class _Heard:
    topics: list[str] = field(default_factory=list)
    meanings: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    amounts: list[Amount] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    is_repaired: bool = False
    is_odd: bool = False
    is_menu: bool = False
    may_be_more: bool = False


@dataclass(frozen=True)
class _Named:
    """The items that may be meant, and the amounts that are left for how many or how much."""

    items: list[Item]
    amounts: list[Amount]
    is_unknown: bool = False
    is_numbered: bool = False


def read_about_shelf(text: str, shelf: Shelf) -> Reading | None:
    """What `text` says about the shelf, or None when it says nothing about it."""
    if not shelf.items:
        return None
    heard = _listen(text, shelf)
    topics = _without_repetition(heard.topics)
    if len(topics) > 1:
        is_about_it = bool(heard.meanings or heard.amounts)
        return Reading(UNKNOWN_INTENT, "unknown", doubt="two_commands") if is_about_it else None
    named = _named(heard, shelf)
    topic = topics[0] if topics else ""
    if topic in {"", "have"} and not named.items:
        return None
    if not topic and (heard.left or heard.is_repaired or named.is_numbered):
        return None
    return _judge(topic, heard, named, text)


def _listen(text: str, shelf: Shelf) -> _Heard:
    pieces, is_odd = taken_apart(text, lambda word: _is_ours(word, shelf))
    heard = _Heard(is_odd=is_odd)
    pieces = _without_menu(pieces, heard)
    at = 0
    while at < len(pieces):
        at += _hear(pieces[at:], heard, shelf)
    _repair(heard, shelf)
    return heard


def _is_ours(word: str, shelf: Shelf) -> bool:
    return (word,) in commands() or (word,) in phrases() or shelf.meaning((word,)) is not None


def _without_menu(pieces: list[Piece], heard: _Heard) -> list[Piece]:
    """`2 7 12` and `3 amlou 90` begin with their place in the menu, unless a word says what they are about."""
    first = pieces[0] if len(pieces) > 2 else None
    if not isinstance(first, Amount) or first.plain not in _MENU or first.unit or first.sign:
        return pieces
    if any(_topic_at(pieces[at:])[0] for at in range(1, len(pieces))) or not any(isinstance(p, Amount) for p in pieces[1:]):
        return pieces
    heard.topics.append(_MENU[first.plain])
    heard.is_menu = True
    return pieces[1:]


def _hear(pieces: list[Piece], heard: _Heard, shelf: Shelf) -> int:
    """Takes the longest phrase, amount or word at the start; says how many pieces it took."""
    first = pieces[0]
    if isinstance(first, Amount):
        heard.amounts.append(first)
        return 1
    topic, of_topic = _topic_at(pieces)
    meaning, of_product = _product_at(pieces, shelf)
    if topic and of_topic >= of_product:
        heard.topics.append(topic)
        heard.may_be_more |= _words_at(pieces, of_topic) in _OR_MORE_OF
        return of_topic
    if meaning:
        heard.meanings.append(meaning)
        return of_product
    _hear_word(first, heard)
    return 1


def _hear_word(word: str, heard: _Heard) -> None:
    if _CODE.fullmatch(word):
        heard.codes.append(word)
    elif word not in small_words():
        heard.left.append(word)


def _words_at(pieces: list[Piece], length: int) -> Phrase:
    return tuple(piece for piece in pieces[:length] if isinstance(piece, str))


def _topic_at(pieces: list[Piece]) -> tuple[str, int]:
    for length in range(min(LONGEST_PHRASE, len(pieces)), 0, -1):
        words = _words_at(pieces, length)
        if len(words) == length:
            topic = commands().get(words) or phrases().get(words, "")
            if topic in TOPICS:
                return topic, length
    return "", 0


def _product_at(pieces: list[Piece], shelf: Shelf) -> tuple[str, int]:
    for length in range(min(3, len(pieces)), 0, -1):
        words = _words_at(pieces, length)
        if len(words) == length and (meaning := shelf.meaning(words)):
            return meaning, length
    return "", 0


def _repair(heard: _Heard, shelf: Shelf) -> None:
    """Words that are nearly ours are read as ours, and asked about."""
    for word in list(heard.left):
        meaning = shelf.repaired(word)
        topic = "" if heard.topics or meaning else _nearly_a_topic(word)
        if not (meaning or topic):
            continue
        heard.left.remove(word)
        heard.is_repaired = True
        if meaning:
            heard.meanings.append(meaning)
        else:
            heard.topics.append(topic)


def _nearly_a_topic(word: str) -> str:
    meant = {_single_topics()[near] for near in nearest(word, _single_topics())}
    return meant.pop() if len(meant) == 1 else ""


@cache
def _single_topics() -> Mapping[str, str]:
    known = {**phrases(), **commands()}
    return {words[0]: topic for words, topic in known.items() if len(words) == 1 and topic in TOPICS}


def _without_repetition(topics: list[str]) -> list[str]:
    found = set(topics)
    for topic in list(found):
        found -= _SAID_BY.get(topic, frozenset())
    return sorted(found)


def _named(heard: _Heard, shelf: Shelf) -> _Named:
    """By code, by words, or by the first of two numbers."""
    amounts = list(heard.amounts)
    if heard.codes and not heard.meanings:
        items = shelf.with_number(heard.codes[0]) if len(heard.codes) == 1 else []
        return _Named(items, amounts, is_unknown=not items)
    if heard.meanings:
        items = shelf.meant_by(heard.meanings)
        near = items or shelf.nearest_to(heard.meanings)
        return _without_contents(_Named(near, amounts, is_unknown=not items))
    numbers = [amount for amount in amounts if not amount.is_article]
    if len(numbers) == 2 and _is_number_of_product(numbers[0]):
        items = shelf.with_number(numbers[0].plain)
        return _Named(items, numbers[1:], is_unknown=not items, is_numbered=True)
    return _Named([], amounts, is_unknown=bool(heard.left))


def _is_number_of_product(amount: Amount) -> bool:
    return not (amount.unit or amount.sign or amount.is_vague) and amount.value == amount.value.to_integral_value()


def _without_contents(named: _Named) -> _Named:
    """`amlou 350 g 20`: the size that is written on it is no amount, and tells one size from another."""
    sizes = [amount for amount in named.amounts if any(item.is_content(amount.value, amount.unit) for item in named.items)]
    others = [amount for amount in named.amounts if amount not in sizes and not amount.is_article]
    if len(sizes) != 1 or not others:
        return named
    of_size = [item for item in named.items if item.is_content(sizes[0].value, sizes[0].unit)]
    return _Named(of_size, others, is_unknown=named.is_unknown)


def _judge(topic: str, heard: _Heard, named: _Named, text: str) -> Reading | None:
    numbers = [amount for amount in named.amounts if not amount.is_article] or named.amounts[:1]
    intent = _intent(topic, numbers, asks="?" in fold(text))
    if not intent or len(heard.left) > MOST_LEFT_OVER:
        return None
    takes = len(numbers) == 1 and intent in CHANGES and not numbers[0].is_vague
    amount = numbers[0].plain if takes else ""
    if not named.items:
        is_worth_asking = bool(named.is_unknown and amount)
        return Reading(intent, "unknown", amount=amount, doubt="no_such_product") if is_worth_asking else None
    doubt = _doubt(intent, topic, heard, named, numbers, text)
    found = tuple(item.code for item in named.items)
    return Reading(
        intent=intent,
        certainty="ask" if doubt else "sure",
        product=found[0] if len(found) == 1 else "",
        candidates=found if len(found) > 1 else (),
        amount=amount,
        doubt=doubt,
    )


def _intent(topic: str, numbers: list[Amount], *, asks: bool) -> str:
    sign = numbers[0].sign if numbers else ""
    if topic in {"", "stock", "have"}:
        if sign:
            return "stock_add" if sign == "+" else "sold" if topic == "stock" else ""
        return "stock_set" if numbers else "stock_ask" if topic or asks else ""
    if topic == "price":
        return "price_set" if numbers else "price_ask"
    return {"how_many": "stock_ask"}.get(topic, topic)


def _doubt(intent: str, topic: str, heard: _Heard, named: _Named, numbers: list[Amount], text: str) -> Doubt:
    """Why this is asked about; nothing when there is one way to understand it."""
    if negates(heard.left):
        return "negation"
    if "?" in fold(text) and intent in CHANGES | {"sold_out"}:
        return "question"
    if heard.is_repaired:
        return "spelling"
    if heard.left or heard.is_odd or (heard.may_be_more and ("have" in heard.topics or numbers)):
        return "left_over"
    if named.is_unknown or len(named.items) > 1:
        return "which_product"
    if len(heard.codes) > 1 or (heard.codes and heard.meanings) or not topic or (heard.is_menu and heard.meanings):
        return "left_over"
    if intent in CHANGES:
        return _doubt_about_amount(intent, topic, named, numbers)
    return "which_amount" if [amount for amount in named.amounts if not amount.is_article] else ""


def _doubt_about_amount(intent: str, topic: str, named: _Named, numbers: list[Amount]) -> Doubt:
    if len(numbers) != 1 or numbers[0].is_vague:
        return "which_amount"
    amount, item = numbers[0], named.items[0]
    if amount.sign and not (topic == "stock" or (amount.sign == "+" and intent == "stock_add")):
        return "which_amount"
    if named.is_numbered and topic == "have":
        return "which_product"
    if intent == "price_set":
        return _doubt_about_price(amount)
    return _doubt_about_quantity(intent, amount, item, is_numbered=named.is_numbered)


def _doubt_about_price(amount: Amount) -> Doubt:
    if amount.unit not in {"", "dh"}:
        return "which_amount"
    is_plausible = 0 < amount.value <= MOST_DIRHAMS and amount.value == amount.value.quantize(Decimal("0.01"))
    return "" if is_plausible else "implausible"


def _doubt_about_quantity(intent: str, amount: Amount, item: Item, *, is_numbered: bool) -> Doubt:
    """Nothing is counted in halves of a piece, nor in a unit the product is not sold in."""
    if amount.unit not in {"", item.unit} or (amount.value != amount.value.to_integral_value() and item.unit == "piece"):
        return "which_amount"
    may_be_nothing = intent == "stock_set" and not is_numbered
    if amount.value > MOST_PIECES or (amount.value == 0 and not may_be_nothing):
        return "implausible"
    return ""
