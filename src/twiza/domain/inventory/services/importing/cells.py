"""What one cell says: a price, how much is in one, how many there are. Nothing here knows a cooperative."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from twiza.domain.catalogue.errors import ImplausiblePrice
from twiza.domain.catalogue.services import check_price
from twiza.domain.inventory.forms import MOST_ON_A_SHELF
from twiza.domain.inventory.services.importing.faults import CellTrouble
from twiza.kit.folding import fold, fold_words
from twiza.kit.money import centimes_of
from twiza.kit.word_tables import words_by_code

MOST_CONTENT = Decimal(1_000_000)
LONGEST_SIZE_NAME = 80
# What a unit makes in the one we keep.
_KEPT_IN = {"g": ("g", 1), "kg": ("g", 1000), "ml": ("ml", 1), "cl": ("ml", 10), "l": ("ml", 1000), "piece": ("piece", 1)}
_UNITS = {
    fold_words(word): unit for unit, words in words_by_code(Path(__file__).with_name("units.tsv")).items() for word in words
}
_CURRENCY = re.compile(r"(?:\bdirhams?\b|dhs?\b|mad\b|د ?\. ?م ?\.?|دراهم|درهما|درهم)")
_AMOUNT = re.compile(r"\d[\d ]*(?:[.,]\d{1,3})?")
_NUMBER = re.compile(r"(?P<over>\d+ ?/ ?\d+)|(?P<plain>\d[\d ]*(?:[.,]\d+)?)")
_TWO_NUMBERS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_SIDES = re.compile(r"\d+(?:[.,]\d+)? ?(?:cm|mm|m)? ?[x×*] ?\d")
_COUNT = re.compile(r"(\d[\d ]*)(?:[.,]0+)?")
_VULGAR = str.maketrans({"½": " 1/2", "¼": " 1/4", "¾": " 3/4"})


@dataclass(frozen=True)
class Content:
    """`amount` of `unit` (g, ml, piece); `name` when a size is said otherwise, as 120 × 180 cm."""

    amount: Decimal
    unit: str
    name: str = ""


def read_price(text: str) -> int:
    """Centimes of `39`, `39,50 DH`, `1 200`, `١٢`. Raises CellTrouble for what is no amount, two amounts or nobody's price."""
    plain = " ".join(_CURRENCY.sub(" ", fold(text)).split())
    if not _AMOUNT.fullmatch(plain):
        raise CellTrouble("price_unreadable")
    centimes = centimes_of(_decimal(plain))
    try:
        check_price(centimes)
    except ImplausiblePrice as refusal:
        raise CellTrouble("price_implausible", **refusal.facts) from refusal
    return centimes


def read_stock(text: str) -> int:
    """`40`, `40.0`, `٤٠`. Raises CellTrouble for parts of a piece, less than none and more than a house holds."""
    match = _COUNT.fullmatch(fold(text))
    pieces = int(match[1].replace(" ", "")) if match else -1
    if not 0 <= pieces <= MOST_ON_A_SHELF:
        raise CellTrouble("stock_unreadable")
    return pieces


def read_content(text: str, unit: str = "") -> Content:
    """`500 g`, `1/2 L`, `٢٥٠ غ`, `pot de 1,5 kg`, `120 × 180 cm`, or a number with its unit from another column.

    Raises CellTrouble.
    """
    plain = fold(text.translate(_VULGAR))
    if _SIDES.search(plain):
        return Content(Decimal(1), "piece", " ".join(text.split())[:LONGEST_SIZE_NAME])
    numbers = list(_NUMBER.finditer(plain))
    if not numbers:
        return _one_piece(plain or fold(unit))
    if len(numbers) > 1:
        raise CellTrouble("content_unreadable")
    kept, times = _KEPT_IN[_unit(plain[numbers[0].end() :] or unit)]
    amount = (_amount(numbers[0]) * times).quantize(Decimal("0.001"))
    if not 0 < amount <= MOST_CONTENT:
        raise CellTrouble("content_unreadable")
    return Content(amount, kept)


def _one_piece(words: str) -> Content:
    if not words:
        raise CellTrouble("content_missing")
    if any(_UNITS.get(word) == "piece" for word in fold_words(words).split()):
        return Content(Decimal(1), "piece")
    raise CellTrouble("content_unreadable")


def _unit(written: str) -> str:
    words = fold_words(written)
    if not words:
        raise CellTrouble("unit_unknown")
    found = _UNITS.get(words) or _UNITS.get(words.split()[0])
    if found is None:
        raise CellTrouble("unit_unknown")
    return found


def _amount(number: re.Match[str]) -> Decimal:
    if number["over"]:
        above, below = (int(part) for part in number["over"].split("/"))
        if not below or len(number["over"]) > 9:
            raise CellTrouble("content_unreadable")
        return Decimal(above) / below
    return _decimal(number["plain"])


def _decimal(plain: str) -> Decimal:
    together = plain.replace(" ", "")
    if _TWO_NUMBERS.fullmatch(together):
        raise CellTrouble("number_ambiguous")
    if len(together) > 16:
        raise CellTrouble("number_ambiguous")
    return Decimal(together.replace(",", "."))
