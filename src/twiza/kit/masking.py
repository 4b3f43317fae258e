"""Words for others to read, without a way past us: numbers to call, addresses and links are covered."""

from __future__ import annotations

import re

COVER = "•••"
# Digits of any script with what people write between them: 06 12-34.56 / 78, +212 (0) 6…, ٠٦…
_NUMBER = re.compile(r"\+?\d(?:[\s.\-_/()·•,\u00a0\u202f]{0,3}\d){8,}")
_MAIL = re.compile(r"[^\s@<>]+\s?@\s?[^\s@<>]+")
_LINK = re.compile(r"(?:https?://|www\.)\S+|\b(?:[\w-]+\.)+(?:com|net|org|ma|fr|me|info|shop|store|io|co|eu|link|be)\b\S*", re.I)
_HANDLE = re.compile(r"(?<!\w)@\w[\w.]+")


def masked(words: str) -> str:
    """`Appelez 06 12 34 56 78` → `Appelez •••`. Dates, weights and prices stay: they have fewer than nine digits."""
    for pattern in (_MAIL, _LINK, _HANDLE, _NUMBER):
        words = pattern.sub(COVER, words)
    return words
