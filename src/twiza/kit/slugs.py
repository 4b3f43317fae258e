"""Readable addresses from names in any of our scripts."""

from __future__ import annotations

import re

from twiza.kit.folding import fold

_LETTERS = str.maketrans(
    {
        "ا": "a", "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "d", "ر": "r", "ز": "z",
        "س": "s", "ش": "ch", "ص": "s", "ض": "d", "ط": "t", "ظ": "d", "ع": "a", "غ": "gh", "ف": "f", "ق": "q", "ك": "k",
        "ل": "l", "م": "m", "ن": "n", "ه": "a", "و": "ou", "ي": "i", "ء": None,
        "ⴰ": "a", "ⴱ": "b", "ⴳ": "g", "ⴷ": "d", "ⴹ": "d", "ⴻ": "e", "ⴼ": "f", "ⴽ": "k", "ⵀ": "h", "ⵃ": "h", "ⵄ": "a",
        "ⵅ": "kh", "ⵇ": "q", "ⵉ": "i", "ⵊ": "j", "ⵍ": "l", "ⵎ": "m", "ⵏ": "n", "ⵓ": "ou", "ⵔ": "r", "ⵕ": "r", "ⵖ": "gh",
        "ⵙ": "s", "ⵚ": "s", "ⵛ": "ch", "ⵜ": "t", "ⵟ": "t", "ⵡ": "w", "ⵢ": "y", "ⵣ": "z", "ⵥ": "z", "ⵯ": "w", "'": None,
    }
)  # fmt: skip
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")


def slug_of(text: str, longest: int = 60) -> str:
    """`Coopérative Tizi n'Oucheg` → `cooperative-tizi-noucheg`. Empty when nothing in it can be written so."""
    plain = _NOT_PLAIN.sub("-", fold(text).translate(_LETTERS)).strip("-")
    if len(plain) <= longest:
        return plain
    return plain[: longest + 1].rsplit("-", 1)[0][:longest].strip("-")
