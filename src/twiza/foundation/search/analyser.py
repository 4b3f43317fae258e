"""One stream of terms for what is indexed and what is asked.

Latin, Arabic and Tifinagh letters, Darija typed with digits, doubled letters, articles: whatever is heard the same
becomes the same term. A term analysed again is itself.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from twiza.kit.folding import fold, fold_words

LONGEST_TEXT = 4_000
LONGEST_REMEMBERED = 40

# Said so often that they tell nothing apart. They count in what is indexed, not in what is asked.
_SMALL_WORDS = """
    l d m n s el al de du des da la le les un une et en au aux pour avec the of and a an for with f b w ou u dial dyal diali
    men fi من في و على عن ديال ف ب ⵏ ⴷ
    pr sur dans par chez je cherche veux acheter achat to in i want buy bghit bghina بغيت بغينا شراء اريد
    cooperative cooperatives coop coops coope koop kooperative ta3awniya ta3awnia ta3awniyat ta3awniyate ta3awnya taawniya
    taawnia taawniyat tamyawast tamsmunt tamesmunt تعاونيه التعاونيه تعاونيات التعاونيات ⵜⴰⵎⵢⴰⵡⴰⵙⵜ ⵜⴰⵎⵙⵎⵓⵏⵜ
"""
SMALL_WORDS = frozenset(_SMALL_WORDS.split())

# The alphabet of the Royal Institute of the Amazigh Culture, and the letters older texts add, as they are heard.
_TIFINAGH_LETTERS = "ⴰⴱⴲⴳⴴⴵⴶⴷⴸⴹⴺⴻⴼⴽⴾⴿⵀⵁⵂⵃⵄⵅⵆⵇⵈⵉⵊⵋⵌⵍⵎⵏⵐⵑⵒⵓⵔⵕⵖⵗⵘⵙⵚⵛⵜⵝⵞⵟⵠⵡⵢⵣⵤⵥⵦⵧⵯ"
_THEIR_SOUNDS = (
    "a b b g g j g d d d d e f k k k h h h h 3 kh kh q q i j j j l m n n n p u r r gh gh gh s s sh t t sh t v w y z z z e o w"
)
_TIFINAGH = str.maketrans(dict(zip(_TIFINAGH_LETTERS, _THEIR_SOUNDS.split(), strict=True)))
_ARABIC_ARTICLE = re.compile(r"^(?:[وبفك]?ال|لل)(?=\w{3})")
# M'Gouna is one word; l'argan are two.
_NASAL = re.compile(r"\b([mn])'(?=\w)")
_MEASURE = re.compile(r"^\d+(?:g|gr|kg|mg|ml|cl|l|dh|mm|cm|m|x\d+\w*)$")
_TYPED_DIGITS = str.maketrans({"2": "", "3": "a", "5": "kh", "6": "t", "7": "h", "8": "g", "9": "k"})
# In this order; each rule takes a letter further from how it is written and none brings it back.
_HEARD = tuple(
    (re.compile(written), heard)
    for written, heard in (
        (r"ph", "f"),
        (r"(?<!s)ch", "sh"),
        (r"qu(?=[eiay])", "k"),
        (r"c(?=[eiy])", "s"),
        (r"c(?!h)", "k"),
        (r"q", "k"),
        (r"ou|oo|w|o", "u"),
        (r"y", "i"),
        (r"dj", "j"),
        (r"(?<![sk])h(?!$)|(?<=\w\w\w)(?<![sk])h$", ""),
        (r"([^\W\d_])\1+", r"\1"),
        (r"(?<=\w\w\w)[sx]$", ""),
    )
)
_SILENT = re.compile(r"(?<=.)e")


class Word(NamedTuple):
    """A term, and how it was written in lower case without accents."""

    term: str
    written: str


def words_of(text: str) -> list[Word]:
    """The words of a text with their terms, in order. Never fails, whatever is in the text."""
    pieces = text[:LONGEST_TEXT].split()
    return [word for piece in pieces for word in (_read_before if len(piece) <= LONGEST_REMEMBERED else _words_in)(piece)]


def terms_of(text: str) -> list[str]:
    """The terms of a text, in order."""
    return [word.term for word in words_of(text)]


def asked_words(text: str) -> list[Word]:
    """The words that tell something apart; all of them when none does."""
    words = words_of(text)
    return [word for word in words if word.written not in SMALL_WORDS] or words


def _words_in(piece: str) -> tuple[Word, ...]:
    """Of what stands between two spaces: l'argan are two words."""
    folded = fold_words(_NASAL.sub(r"\1", fold(piece)))
    return tuple(Word(term, written) for written in folded.split() if (term := _term(written)))


# What is said is said in some tens of thousands of words; what is longer than any word is not kept, whoever types it.
_read_before = lru_cache(maxsize=100_000)(_words_in)


def _term(written: str) -> str:
    term = written
    while (heard := _heard(term)) != term:
        term = heard
    return term


def _heard(word: str) -> str:
    word = word.translate(_TIFINAGH).strip("_")
    if not word.isascii():
        return _ARABIC_ARTICLE.sub("", word.replace("ء", ""))
    if word.isdecimal() or _MEASURE.match(word) or not word.isalnum():
        return word
    if any(letter.isdecimal() for letter in word) and not re.search(r"\d\d", word):
        word = word.translate(_TYPED_DIGITS)
    for written, heard in _HEARD:
        word = written.sub(heard, word)
    voiced = _SILENT.sub("", word)
    return voiced if len(voiced) >= 3 else word
