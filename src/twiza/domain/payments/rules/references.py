"""What a buyer writes on a bank transfer, and how it is found again in what the bank prints."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from twiza.kit.folding import fold
from twiza.kit.identifiers import damm_digit

PREFIX = "TW"
DIGITS = 8  # the last of them betrays every single wrong digit and every swap of neighbours
_WRITTEN = re.compile(r"T[\s.\-]?W[\s.:/\-]*((?:[0-9][\s.\-]*){7}[0-9])(?![0-9])")


def new_transfer_reference() -> str:
    """As `TW48217305`: two letters by which it is found among other numbers, seven digits by chance, and their check digit."""
    body = f"{secrets.randbelow(9 * 10**6) + 10**6}"
    return f"{PREFIX}{body}{damm_digit(body)}"


def is_transfer_reference(text: str) -> bool:
    """Its letters are ours and its last digit fits the others."""
    digits = text.removeprefix(PREFIX)
    return (
        text.startswith(PREFIX)
        and len(digits) == DIGITS
        and digits.isascii()
        and digits.isdecimal()
        and damm_digit(digits[:-1]) == digits[-1]
    )


def shown_transfer_reference(reference: str) -> str:
    """As a person reads and copies it: `TW 4821 7305`."""
    digits = reference.removeprefix(PREFIX)
    return f"{PREFIX} {digits[:4]} {digits[4:]}"


@dataclass(frozen=True)
class Written:
    """References found in a bank's words: those that are `exact`, and those that one mistake makes of one we wait for."""

    exact: frozenset[str]
    near: frozenset[str]


class Awaited:
    """The references we wait for, so arranged that one mistake in a long statement is found without comparing all with all."""

    def __init__(self, references: Iterable[str]) -> None:
        self._by_piece: dict[str, set[str]] = {}
        for reference in references:
            digits = reference.removeprefix(PREFIX)
            for piece in {digits, *_with_one_less(digits)}:
                self._by_piece.setdefault(piece, set()).add(reference)

    def written_in(self, words: str) -> Written:
        """A reference counts as exact only with its two letters and its check digit, however spaced and in whatever digits."""
        plain = fold(words).upper()
        exact = frozenset(filter(is_transfer_reference, (PREFIX + _digits(found) for found in _WRITTEN.findall(plain))))
        return Written(exact, frozenset() if exact else self._near(re.sub(r"[^A-Z0-9]", "", plain)))

    def _near(self, letters: str) -> frozenset[str]:
        found = set()
        for length in (DIGITS - 1, DIGITS, DIGITS + 1):
            for start in range(len(letters) - length + 1):
                window = letters[start : start + length]
                if sum(sign.isdecimal() for sign in window) >= DIGITS - 1:
                    found |= {one for one in self._like(window) if is_one_mistake_away(window, one.removeprefix(PREFIX))}
        return frozenset(found)

    def _like(self, window: str) -> set[str]:
        pieces = {window, *_with_one_less(window)}
        return set().union(*(self._by_piece.get(piece, set()) for piece in pieces))


def is_one_mistake_away(typed: str, meant: str) -> bool:
    """The same, or with one sign wrong, missing or too many, or two neighbours swapped."""
    if typed == meant:
        return True
    if len(typed) == len(meant):
        wrong = [place for place, (one, other) in enumerate(zip(typed, meant, strict=True)) if one != other]
        swapped = len(wrong) == 2 and wrong[1] == wrong[0] + 1 and typed[wrong[0]] == meant[wrong[1]]
        return len(wrong) == 1 or (swapped and typed[wrong[1]] == meant[wrong[0]])
    shorter, longer = sorted((typed, meant), key=len)
    return len(longer) == len(shorter) + 1 and shorter in _with_one_less(longer)


def _with_one_less(text: str) -> set[str]:
    return {text[:place] + text[place + 1 :] for place in range(len(text))}


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
