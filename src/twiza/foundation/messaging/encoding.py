"""What a text costs on a phone network: its encoding, its units, and the parts it travels in.

GSM 7-bit (3GPP TS 23.038, default alphabet and extension) when every character is in it, else UCS-2.
The national shift tables are never used: phones here are not known to read them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Encoding = Literal["gsm7", "ucs2"]

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_ESCAPED = frozenset("^{}\\[~]|€\f")

# (what fits in a text that travels alone, what fits in each part of a longer one)
_ROOM: dict[Encoding, tuple[int, int]] = {"gsm7": (160, 153), "ucs2": (70, 67)}

_PLAINER = str.maketrans(
    {
        "ç": "c", "ê": "e", "ë": "e", "â": "a", "î": "i", "ï": "i", "ô": "o", "û": "u", "ÿ": "y",
        "À": "A", "Â": "A", "È": "E", "Ê": "E", "Ë": "E", "Î": "I", "Ï": "I", "Ô": "O", "Ù": "U", "Û": "U",
        "œ": "oe", "Œ": "OE", "’": "'", "‘": "'", "`": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
        "…": "...", "–": "-", "—": "-", "‑": "-", "·": ".", "•": "-", "°": "o", "º": "o", "ª": "a", "×": "x",
        "\t": " ", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u200b": None, "\u00ad": None,
    }
)  # fmt: skip


@dataclass(frozen=True)
class Measure:
    """`units` are septets in GSM-7 and UTF-16 units in UCS-2; an operator bills `parts`."""

    encoding: Encoding
    units: int
    parts: int
    not_gsm7: str


def measure(text: str) -> Measure:
    """What `text` costs as it stands, and which characters keep it out of GSM-7 (each once, in order)."""
    encoding = encoding_of(text)
    units = sum(_cost(char, encoding) for char in text)
    return Measure(encoding, units, len(split(text)), "".join(dict.fromkeys(char for char in text if not _in_gsm7(char))))


def encoding_of(text: str) -> Encoding:
    return "gsm7" if all(_in_gsm7(char) for char in text) else "ucs2"


def split(text: str) -> list[str]:
    """The parts as they travel. An escape pair or a surrogate pair is never cut; an empty text is one part."""
    encoding = encoding_of(text)
    alone, each = _ROOM[encoding]
    if sum(_cost(char, encoding) for char in text) <= alone:
        return [text]
    return list(_filled(text, encoding, each))


def smart_replace(text: str) -> str:
    """The same words in characters of GSM-7, when that is possible: ç→c, ê→e, ’→', œ→oe; é è à ù Ç É stay.

    A text in another script, or with a character that has no plainer form, comes back composed and otherwise as it
    was: there is nothing to gain.
    """
    composed = unicodedata.normalize("NFC", text)
    plainer = composed.translate(_PLAINER)
    return plainer if encoding_of(plainer) == "gsm7" else composed


def _in_gsm7(char: str) -> bool:
    return char in _BASIC or char in _ESCAPED


def _cost(char: str, encoding: Encoding) -> int:
    if encoding == "gsm7":
        return 2 if char in _ESCAPED else 1
    return 2 if ord(char) > 0xFFFF else 1


def _filled(text: str, encoding: Encoding, room: int) -> Iterator[str]:
    start = used = 0
    for index, char in enumerate(text):
        cost = _cost(char, encoding)
        if used + cost > room:
            yield text[start:index]
            start, used = index, 0
        used += cost
    yield text[start:]
