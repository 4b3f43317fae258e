"""Reads a text message: which command, about which order, and how sure we may be.

Deterministic. Nothing that changes an order is ever guessed: a word left over, a negation, a question mark, a repaired
spelling, two numbers or two commands are each a reason to ask.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from twiza.entrypoints.sms.lexicon import acts, digits, found_keywords, longest_phrase, phrases, single_words, weak_words
from twiza.entrypoints.sms.reading import NEEDS_NUMBER, UNKNOWN_INTENT, Doubt, Reading
from twiza.entrypoints.sms.sale_reading import SOLD, judge_sale
from twiza.entrypoints.sms.small_words import FILLERS, TWO_MEANINGS, negates
from twiza.entrypoints.sms.spelling import nearest
from twiza.kit.folding import fold

_TOKEN = re.compile(r"[^\W_]+")
_ORDER = re.compile(r"\d{3,6}")
_GLUED = re.compile(r"(.*\D)(\d{3,6})|(\d{3,6})(\D.*)")
_STRETCHED = re.compile(r"(\D)\1{2,}")
_POSTAL = re.compile(r"\b([a-z]{2}) ?(\d{3}) ?(\d{3}) ?(\d{3}) ?([a-z]{2})\b")
_TRACKING = re.compile(r"(?=(?:.*\d){4})(?:(?=.*[a-z])[a-z0-9]{6,20}|\d{7,20})")
# A weight always has its unit, so that it is never taken for the number of an order.
_KILOS, _GRAM = r"kg|kgs|kilos?|كغ|كلغ|كيلو", r"g|gr|grs|grammes?|grams?|غ|غرام|غراما"
_WEIGHT = re.compile(rf"(?<![\w.,])(\d{{1,3}}[.,]\d{{1,3}}|\d{{1,6}}) ?(?:({_KILOS})|{_GRAM})(?!\w)")
# How many there are only: shorter than any order's number.
_PIECES = re.compile(r"\d{1,2}")
_GRAMS = re.compile(r"(\d{1,9})gramof")
_PUNCTUATION = " \t\r\n.,;:!?-–—،؛؟()/"
# "No, it was delivered": said after a refusal these are no reason for it.
_TAKES_IT_BACK = frozenset({"accept", "ready", "shipped", "delivered"})
# What follows `on` when it is "we": before anything else it may be `non` without its first letter.
_AFTER_ON = frozenset({"a", "avait", "va", "est", "ne", "n", "vous", "le", "la", "les", "l"})
# Whatever is longer is a letter, not a command.
MOST_WORDS = 60
# A question for the list or for help may be wrapped in a few more words.
MOST_LEFT_OVER_WHEN_READING = 2

UNKNOWN = Reading(intent=UNKNOWN_INTENT, certainty="unknown")


@dataclass
class _Heard:
    """What was found in the words so far."""

    intents: list[str] = field(default_factory=list)
    orders: list[str] = field(default_factory=list)
    tracking: str = ""
    grams: list[int] = field(default_factory=list)
    pieces: list[int] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    reason_words: list[str] = field(default_factory=list)
    is_repaired: bool = False

    @property
    def intent(self) -> str:
        return self.intents[0] if self.intents else ""


def read(text: str) -> Reading:
    """What `text` says. Certainty `sure` only when there is exactly one way to understand it."""
    words = words_in(text)
    if not words or len(words) > MOST_WORDS:
        return UNKNOWN
    heard = _listen(words)
    if SOLD in heard.intents:
        return judge_sale(words, text, set(heard.intents), is_repaired=heard.is_repaired)
    if len(set(heard.intents)) > 1:
        return _two_commands(heard)
    if not heard.intent:
        return UNKNOWN
    return _judge(heard, words, text)


def words_in(text: str) -> list[str]:
    """Folded words and numbers, with glued ones taken apart: `OUI1523`, `n°1523`, `4.1523`."""
    folded = _WEIGHT.sub(_one_word, fold(text.replace("№", " ")))
    folded = _POSTAL.sub(r"\1\2\3\4\5", _STRETCHED.sub(r"\1", folded).lower())
    return [word for token in _TOKEN.findall(folded) for word in _taken_apart(token)]


def _one_word(weight: re.Match[str]) -> str:
    """`1,62 kg` and `1620 g` as one word that is nothing else."""
    amount = Decimal(weight[1].replace(",", "."))
    return f" {int(amount * 1000 if weight[2] else amount)}gramof "


def _taken_apart(token: str) -> list[str]:
    glued = _GLUED.fullmatch(token)
    if glued is None:
        return [token]
    pieces = [piece for piece in glued.groups() if piece]
    known = any(piece in single_words() or piece in FILLERS or piece in weak_words() for piece in pieces)
    return pieces if known else [token]


def _listen(words: list[str]) -> _Heard:
    heard = _Heard()
    if words[0] in digits() and len(words[0]) == 1:
        heard.intents.append(digits()[words[0]])
        words = words[1:]
    position = 0
    while position < len(words):
        position += _hear_from(words[position:], heard)
    if not heard.intents:
        _hear_weak_words(words, heard)
    if not heard.intents:
        _repair(heard)
    if any(acts(intent) for intent in heard.intents):  # "J'accepte les commandes 1523" asks for no list
        heard.intents = [intent for intent in heard.intents if intent != "orders"]
    return heard


def _hear_from(words: list[str], heard: _Heard) -> int:
    """Takes the longest phrase, number or word at the start; says how many words it took."""
    if heard.intent == "refuse" and heard.orders and not _ORDER.fullmatch(words[0]):
        return _hear_reason(words, heard)
    for length in range(min(longest_phrase(), len(words)), 0, -1):
        intent = phrases().get(tuple(words[:length]))
        if intent is not None:
            heard.intents.append(intent)
            return length
    if words[0] == "on" and words[1:2] and words[1] not in _AFTER_ON:
        heard.left.append("on")
    else:
        _hear_word(words[0], heard)
    return 1


def _hear_reason(words: list[str], heard: _Heard) -> int:
    """After `NON 1523` comes the reason, in any words, unless it takes the no back."""
    other = phrases().get((words[0],), "")
    if other in _TAKES_IT_BACK:
        heard.intents.append(other)
    heard.reason_words.append(words[0])
    return 1


def _hear_word(word: str, heard: _Heard) -> None:
    if _ORDER.fullmatch(word):
        if word not in heard.orders:
            heard.orders.append(word)
    elif weight := _GRAMS.fullmatch(word):
        heard.grams.append(int(weight[1]))
    elif heard.intent == "only" and _PIECES.fullmatch(word):
        heard.pieces.append(int(word))
    elif heard.intent == "shipped" and not heard.tracking and _TRACKING.fullmatch(word):
        heard.tracking = word.upper()
    elif word not in FILLERS:
        heard.left.append(word)


def _hear_weak_words(words: list[str], heard: _Heard) -> None:
    """`ok`, `ah`, `commande`: commands when they open the text and nothing else in it is one.

    One that is also an article (`la 1523` is no in Darija, `la 1523 merci` is French) must stand alone with its number.
    """
    word = words[0] if words else ""
    intent = weak_words().get(word)
    if intent is None or (word in FILLERS and len(words) > 2) or (not acts(intent) and heard.orders):
        return
    heard.intents.append(intent)
    heard.is_repaired = word in TWO_MEANINGS
    if word in heard.left:
        heard.left.remove(word)


def _repair(heard: _Heard) -> None:
    """A word that is nearly one of ours, when all its nearest neighbours mean the same."""
    for word in list(heard.left):
        meant = {single_words()[near] for near in nearest(word, single_words())}
        if len(meant) == 1:
            heard.intents.extend(meant)
            heard.left.remove(word)
            heard.is_repaired = True
            return


def _two_commands(heard: _Heard) -> Reading:
    if len(heard.orders) > 1:
        return Reading(UNKNOWN_INTENT, "unknown", doubt="two_commands")
    acting = [intent for intent in heard.intents if acts(intent)]
    return Reading((acting or heard.intents)[0], "ask", order="".join(heard.orders), doubt="two_commands")


def _judge(heard: _Heard, words: list[str], text: str) -> Reading:
    if not acts(heard.intent):
        return _judge_question(heard, words)
    order = heard.orders[0] if len(heard.orders) == 1 else ""
    doubt = _doubt(heard, text, needs_order=found_keywords()[heard.intent].ABOUT in NEEDS_NUMBER)
    return Reading(
        intent=heard.intent,
        certainty="ask" if doubt else "sure",
        order=order,
        reason=_reason(heard, text, order) if heard.intent == "refuse" else "",
        tracking=heard.tracking,
        pieces=heard.pieces[0] if len(heard.pieces) == 1 else 0,
        grams=heard.grams[0] if heard.intent == "ready" and heard.grams else 0,
        doubt=doubt,
        is_repaired=heard.is_repaired,
    )


def _judge_question(heard: _Heard, words: list[str]) -> Reading:
    """Help and lists change nothing: a few more words do no harm, a letter is for a person."""
    if len(heard.left) > MOST_LEFT_OVER_WHEN_READING or negates(words):
        return UNKNOWN
    return Reading(heard.intent, "sure", is_repaired=heard.is_repaired)


def _doubt(heard: _Heard, text: str, *, needs_order: bool) -> Doubt:
    if len(heard.orders) > 1:
        return "two_orders"
    if negates(heard.left):
        return "negation"
    if "?" in fold(text):
        return "question"
    if heard.is_repaired:
        return "spelling"
    is_weighed = len(heard.grams) == 1 and heard.intent == "ready"
    if len(heard.pieces) > 1 or heard.left or (heard.grams and not is_weighed) or (heard.orders and not needs_order):
        return "left_over"
    return "" if heard.orders or not needs_order else "no_number"


def _reason(heard: _Heard, text: str, order: str) -> str:
    """The words after the number, as they were written."""
    if not order or all(word in FILLERS for word in heard.reason_words):
        return ""
    western = "".join(fold(char) if char.isdigit() else char for char in text)
    return text[western.index(order) + len(order) :].strip(_PUNCTUATION) if order in western else ""
