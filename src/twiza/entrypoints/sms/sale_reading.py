"""Reads a text that says what was sold: `VENDU 2 7` is seven of the product with the number 2.

What its words mean depends on the shelf of whoever writes: that is asked later (`sales.py`).
"""

from __future__ import annotations

import re
from collections.abc import Set

from twiza.entrypoints.sms.lexicon import digits, longest_phrase, phrases
from twiza.entrypoints.sms.reading import Doubt, Reading
from twiza.entrypoints.sms.small_words import FILLERS, negates
from twiza.kit.folding import fold, fold_words

SOLD = "sold"
# Where it was sold, in what, and "once more": they change nothing.
_SALE_FILLERS = frozenset(
    fold_words(
        """
        au aux souk souq suq marche moussem foire stand etal client clients cliente pot pots bocal bocaux bouteille bouteilles
        boite boites sachet sachets paquet paquets piece pieces pcs unite unites encore autre fois x
        fsouk fsou9 fssouk fsuq lmoussem 9er3a 9ra3 9er3at khra 3awd 3awtani wa7da wahda
        market fair jar jars bottle bottles box boxes again another once more
        في السوق سوق فالسوق الموسم قطعة قطع علبة علب قنينة قنينات مرة اخرى اخر عاود قرعة قراعي
        """
    ).split()
)
# Nobody knows whether `2,5` is two and a half or 2 and 5.
_DECIMAL = re.compile(r"\d[.,]\d")
_TIMES = re.compile(r"\d{1,5}x\d{1,5}")
_WITH_UNIT = re.compile(r"\d+[.,]\d+ ?(?:kg|kgs|kilos?|كغ|كلغ|كيلو)")


def judge_sale(words: list[str], text: str, intents: Set[str], *, is_repaired: bool) -> Reading:
    """What was sold, in the words that were written; sure when nothing speaks against it.

    A figure at the start is a number of pieces, not the menu.
    """
    others = set(intents) - {SOLD}
    if words[0] in digits():
        others -= {digits()[words[0]]}
    if others:
        return Reading(SOLD, "ask", doubt="two_commands")
    rest = [word for word in _without_command(words) if word not in FILLERS | _SALE_FILLERS]
    doubt = _doubt(words, text, is_repaired=is_repaired)
    return Reading(SOLD, "ask" if doubt else "sure", doubt=doubt, rest=tuple(_taken_apart(rest)), is_repaired=is_repaired)


def _doubt(words: list[str], text: str, *, is_repaired: bool) -> Doubt:
    folded = fold(text)
    if negates(words):
        return "negation"
    if "?" in folded:
        return "question"
    if is_repaired:
        return "spelling"
    return "left_over" if _DECIMAL.search(_WITH_UNIT.sub(" ", folded)) else ""


def _without_command(words: list[str]) -> list[str]:
    rest, position = [], 0
    while position < len(words):
        taken = _length_of_command(words[position:])
        if not taken:
            rest.append(words[position])
        position += taken or 1
    return rest


def _length_of_command(words: list[str]) -> int:
    """How many words at the start say `sold`; 0 when they do not."""
    lengths = range(min(longest_phrase(), len(words)), 0, -1)
    return next((length for length in lengths if phrases().get(tuple(words[:length])) == SOLD), 0)


def _taken_apart(words: list[str]) -> list[str]:
    """`2x7` is 2 and 7."""
    return [part for word in words for part in (word.split("x") if _TIMES.fullmatch(word) else [word])]
