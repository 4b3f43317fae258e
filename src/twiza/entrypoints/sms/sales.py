"""Finding on the sender's shelf what a text says was sold, and asking when in doubt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from twiza.domain.stalls.rules import MOST_PIECES
from twiza.domain.stalls.selectors import numbers_of
from twiza.entrypoints.sms.replies import INSTEAD, Reply
from twiza.entrypoints.sms.senders import Sender
from twiza.kit.folding import fold_words
from twiza.kit.quantities import content_label
from twiza.kit.translations import translated

if TYPE_CHECKING:
    from twiza.domain.catalogue.models import Variant

WORD = {"fr": "VENDU", "ar": "بعت", "ary": "B3T", "en": "SOLD"}
_AGAIN = {"fr": "ENCORE", "ar": "مرة أخرى", "ary": "3AWD", "en": "AGAIN"}
# In which language a product is named; Darija in Latin letters has the French names.
_NAMES = {"ary": "fr", "zgh": "fr"}
_LONGEST_REPEATED = 28
_NUMBER, _CODE, _WEIGHT = re.compile(r"\d{1,6}"), re.compile(r"(\d{1,3})([a-z])"), re.compile(r"(\d{1,9})gramof")


@dataclass(frozen=True)
class Said:
    """What may have been meant: one candidate and so many pieces, or so many grams, when nothing is left to ask."""

    candidates: Sequence[Variant]
    pieces: int = 0
    grams: int | None = None

    @property
    def is_clear(self) -> bool:
        return len(self.candidates) == 1 and (bool(self.grams) or 1 <= self.pieces <= MOST_PIECES)


def what_was_said(rest: Sequence[str], shelf: Sequence[Variant]) -> Said:
    """The words of a sale, laid beside what there is to sell."""
    numbers = [int(word) for word in rest if _NUMBER.fullmatch(word)]
    weights = [int(weight[1]) for word in rest if (weight := _WEIGHT.fullmatch(word))]
    codes = [word.upper() for word in rest if _CODE.fullmatch(word)]
    names = [word for word in rest if not (_NUMBER.fullmatch(word) or _WEIGHT.fullmatch(word) or _CODE.fullmatch(word))]
    if len(weights) > 1 or len(codes) > 1 or (codes and names):
        return Said(shelf)
    found, amounts = _candidates(numbers, codes, names, shelf, has_weight=bool(weights))
    grams = weights[0] if weights else None
    if grams and not any(variant.is_weighed for variant in found):
        found, grams = _of_this_size(found, grams), None
    is_one_amount = len(amounts) == 1
    if len(amounts) > 1 or (not amounts and grams is None):
        return Said(found or shelf)
    return Said(found or shelf, pieces=amounts[0] if is_one_amount else 0, grams=grams)


def _candidates(
    numbers: list[int], codes: list[str], names: list[str], shelf: Sequence[Variant], *, has_weight: bool
) -> tuple[list[Variant], list[int]]:
    """(what may be meant, the numbers that are left for how many)."""
    if codes:
        known = numbers_of(shelf)
        return [variant for variant in shelf if known[variant.pk] == codes[0]], numbers
    if names:
        return [variant for variant in shelf if _is_called(variant, names)], numbers
    if len(numbers) == 1 and len(shelf) == 1 and not has_weight:
        return list(shelf), numbers
    if not numbers:
        return (list(shelf) if len(shelf) == 1 else []), []
    return [variant for variant in shelf if variant.product.short_number == numbers[0]], numbers[1:]


def _is_called(variant: Variant, names: Sequence[str]) -> bool:
    """Every word is one of its own."""
    product, kind = variant.product, variant.product.kind
    own = fold_words(" ".join([product.name_fr, product.name_ar, product.name_en, kind.name_fr, kind.name_ar, variant.name_fr]))
    return set(names) <= set(own.split())


def _of_this_size(found: list[Variant], grams: int) -> list[Variant]:
    """`500 g` names the size of what is sold by the pack."""
    return [variant for variant in found if variant.net_unit == "g" and variant.net_content == grams]


def in_words(variant: Variant, language: str, *, pieces: int = 0, grams: int | None = None) -> str:
    """`3 x Miel de thym 500 g`, as short as a text wants it."""
    spoken = _NAMES.get(language, language)
    name = translated(variant.product, "name", spoken)
    if grams:
        return f"{content_label(Decimal(grams), 'g', spoken)} {name}"
    many = f"{pieces} x " if pieces else ""
    return f"{many}{name} {variant.content_in(spoken)}".strip()


def ask_about_sale(said: Said, shelf: Sequence[Variant], sender: Sender) -> Reply:
    """One question whose answer leaves no doubt. Nothing is sold meanwhile."""
    language = INSTEAD.get(sender.language, sender.language)
    numbers, word = numbers_of(shelf), WORD[language]
    if said.is_clear:
        one = said.candidates[0]
        many = f"{said.grams} g" if said.grams else str(said.pieces)
        content = in_words(one, sender.language, pieces=said.pieces, grams=said.grams)
        values = {"word": word, "number": numbers[one.pk], "quantity": many, "content": content}
        return Reply("sold_again", values, outcome="asked")
    if not shelf:
        return Reply("sold_nothing", outcome="asked")
    named = ", ".join(f"{numbers[variant.pk]} {in_words(variant, sender.language)}" for variant in said.candidates)
    values = {"word": word, "number": numbers[said.candidates[0].pk], "content": named}
    return Reply("sold_which", values, outcome="asked")


def sold_twice(sender: Sender) -> Reply:
    """The same words came a moment ago and were counted: how to say that it is another sale."""
    language = INSTEAD.get(sender.language, sender.language)
    words = sender.words.strip() if len(sender.words.strip()) <= _LONGEST_REPEATED else f"{WORD[language]} ..."
    return Reply("sold_twice", {"words": f"{words} {_AGAIN[language]}"}, outcome="repeated")
