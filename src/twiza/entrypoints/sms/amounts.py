"""Takes a text apart into words and amounts: `12,5 l`, `40kg`, `quinze`, `+5`, `٢٥`."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from twiza.entrypoints.sms.tables import number_words, units
from twiza.kit.folding import fold

_TOKEN = re.compile(
    r"(?<![\w+\-−])(?P<sign>\+ ?|[\-−–])(?=\d)"
    r"|(?P<number>\d+(?:[.,]\d+)*)(?P<unit>[^\W\d_]*)(?!\w)"
    r"|(?P<word>[^\W_]+)"
)
# A dash may join, take away, or mean "to"; strokes and colons make dates and hours: nobody knows, so we ask.
_ODD = re.compile(r"[^\W\d_][\-−–] ?\d|[\-−–] \d|\d ?[-−–/%*:] ?\d|\d ?[%*]")
_THOUSANDS = re.compile(r"\d{1,3}[.,]\d{3}|.*[.,].*[.,].*")
_ENDS_IN_NUMBER = re.compile(r"([^\W\d_]{4,})(\d+)")
_AND = frozenset({"w", "ou", "et", "و"})
_HUNDRED, _TEN = Decimal(100), Decimal(10)
_ARTICLES = frozenset({Decimal(1)})


@dataclass(frozen=True)
class Amount:
    """`is_vague` when it can be read in two ways; `is_article` when it may only be the word `un`."""

    value: Decimal
    unit: str = ""
    sign: str = ""
    is_vague: bool = False
    is_article: bool = False

    @property
    def plain(self) -> str:
        """Without trailing zeros: `12.5`, `120`."""
        return f"{self.value.normalize():f}"


Piece = str | Amount


def taken_apart(text: str, knows: Callable[[str], bool]) -> tuple[list[Piece], bool]:
    """(words and amounts in their order, whether a sign in it is hard to understand).

    `knows` says of a word whether it is ours, so that `stock12` is two and `9belt` is one.
    """
    folded = fold(text.replace("№", " "))
    pieces: list[Piece] = []
    for found in _TOKEN.finditer(folded):
        pieces.extend(_pieces_of(found, knows))
    return _with_units(_with_number_words(pieces)), bool(_ODD.search(folded))


def _pieces_of(found: re.Match[str], knows: Callable[[str], bool]) -> list[Piece]:
    if found["sign"]:
        return [found["sign"].strip().replace("−", "-").replace("–", "-")]
    if found["word"]:
        glued = _ENDS_IN_NUMBER.fullmatch(found["word"])
        return [glued[1], _amount(glued[2])] if glued and knows(glued[1]) else [found["word"]]
    unit, whole = found["unit"], found[0]
    if not unit:
        return [_amount(found["number"])]
    if unit in units() and not knows(whole):
        return [replace(_amount(found["number"]), unit=units()[unit])]
    if knows(unit) and not knows(whole) and len(unit) > 3:
        return [_amount(found["number"]), unit]
    return [whole]


def _amount(digits: str) -> Amount:
    if _THOUSANDS.fullmatch(digits) or len(digits) > 12:
        return Amount(Decimal(0), is_vague=True)
    return Amount(Decimal(digits.replace(",", ".")))


def _with_number_words(pieces: list[Piece]) -> list[Piece]:
    """`vingt cinq`, `khamsa w 3chrin`, `خمسة وعشرين` become one amount."""
    result: list[Piece] = []
    position = 0
    while position < len(pieces):
        values, length = _run_of_numbers(pieces[position:])
        if values:
            result.append(_composed(values))
        else:
            result.append(pieces[position])
        position += length or 1
    return result


def _run_of_numbers(pieces: list[Piece]) -> tuple[list[Decimal], int]:
    values: list[Decimal] = []
    length = 0
    for at, piece in enumerate(pieces):
        value = _number_word(piece)
        if value is not None:
            values.append(value)
            length = at + 1
        elif not (values and piece in _AND):
            break
    return values, length


def _number_word(piece: Piece) -> Decimal | None:
    if isinstance(piece, Amount):
        return None
    found = number_words().get(piece)
    return number_words().get(piece[1:]) if found is None and piece.startswith("و") else found


def _composed(values: list[Decimal]) -> Amount:
    if len(values) == 1:
        return Amount(values[0], is_article=values[0] in _ARTICLES)
    total, is_known = values[0], True
    for before, value in itertools.pairwise(values):
        is_tens_then_ones = before >= 20 and before % 10 == 0 and 0 < value < (100 if before == 100 else 20)
        is_ones_then_tens = 0 < before < 10 and 20 <= value < 100
        if before == 4 and value == 20:
            total += Decimal(76)
        elif 1 < before < 10 and value == 100:
            total += before * 99
        elif is_tens_then_ones or is_ones_then_tens:
            total += value
        else:
            is_known = False
    return Amount(total, is_vague=not is_known)


def _with_units(pieces: list[Piece]) -> list[Piece]:
    """A unit that follows its number, and a sign that goes before it, belong to it."""
    result: list[Piece] = []
    for piece in pieces:
        last = result[-1] if result else None
        if isinstance(piece, str) and piece in units() and isinstance(last, Amount) and not last.unit:
            result[-1] = replace(last, unit=units()[piece])
        elif isinstance(piece, Amount) and isinstance(last, str) and last in {"+", "-"}:
            result[-1] = replace(piece, sign=last)
        else:
            result.append(piece)
    return result
