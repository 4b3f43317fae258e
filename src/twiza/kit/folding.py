"""One spelling for many: how texts are compared, whatever the script, accents or keyboard.

The rules follow how Moroccans write: Arabic letters that are used for one another become one,
marks and stretching disappear, Arabic-Indic digits become Western ones, Latin accents go.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ARABIC = str.maketrans(
    {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه",
        "گ": "ك", "ڭ": "ك", "ݣ": "ك", "ک": "ك", "ی": "ي", "ۀ": "ه", "ـ": None, "ڤ": "ف", "پ": "ب",
        "،": ",", "؛": ";", "؟": "?", "٫": ".", "٬": None,
        "œ": "oe", "æ": "ae", "ß": "ss", "’": "'", "‘": "'", "`": "'",
    }
)  # fmt: skip
LONGEST_REMEMBERED = 80
_SPACES = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[^\w]+")


class _Kept(dict[int, str | None]):
    """What becomes of each character once accents stand apart; found out once per character."""

    def __missing__(self, code: int) -> str | None:
        char = chr(code)
        self[code] = None if _is_mark(char) else _western(char)
        return self[code]


_KEPT = _Kept()


def fold(text: str) -> str:
    """Lower case, without accents, marks or stretching, one form per Arabic letter, single spaces."""
    return _folded_before(text) if len(text) <= LONGEST_REMEMBERED else _folded(text)


def _folded(text: str) -> str:
    if text.isascii() and text.isprintable():
        return " ".join(text.lower().replace("`", "'").split())
    # Letters drawn in another style become plain before they become small: 𝓐 is A, then a.
    plain = unicodedata.normalize("NFKD", text.translate(_ARABIC)).casefold()
    kept = unicodedata.normalize("NFKD", plain.translate(_ARABIC)).translate(_KEPT)
    return _SPACES.sub(" ", unicodedata.normalize("NFC", kept).translate(_ARABIC)).strip()


# Places, sectors and headings come again and again.
_folded_before = lru_cache(maxsize=20_000)(_folded)


def fold_words(text: str) -> str:
    """Folded, with everything that is not a letter or a digit become one space."""
    return _NOT_WORD.sub(" ", fold(text)).strip()


def _is_mark(char: str) -> bool:
    return unicodedata.category(char) in {"Mn", "Me", "Cf", "Cc"} and not char.isspace()


def _western(char: str) -> str:
    if char.isdigit() and not char.isascii():
        return str(unicodedata.digit(char))
    return char
