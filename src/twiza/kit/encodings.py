"""In which encoding a text file was written, when nobody says.

Registers come from Excel in French and in Arabic, so the choice is between UTF-8, UTF-16, Windows-1252 and Windows-1256.
The last two share every small French letter: what tells them apart is whether the rest makes Arabic words.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SAMPLE_BYTES = 1_000_000
_ARABIC_WORD = re.compile(r"(?<![A-Za-z])[\u0621-\u064a]{2,}(?![A-Za-z])")
_ARABIC_INSIDE_LATIN = re.compile(r"[A-Za-z][\u0621-\u064a]|[\u0621-\u064a][A-Za-z]")
_LATIN1_LETTER_AS_UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")


def encoding_of(path: Path) -> str:
    """A codec's name for `open(encoding=…, errors="replace")`. Reads the file once, a piece at a time."""
    with path.open("rb") as file:
        sample = file.read(_SAMPLE_BYTES)
    for bom, name in _BOMS:
        if sample.startswith(bom):
            return name
    if wide := _without_bom(sample):
        return wide
    if _is_utf8(path) or _is_mostly_utf8(sample):
        return "utf-8"
    return _windows(sample)


def repaired(text: str) -> str:
    """UTF-8 that was once read as Windows-1252 (`CoopÃ©rative`) set right; anything else as it was."""
    if not any(sign in text for sign in ("Ã", "Ø", "Ù", "â€")):
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return text


def _without_bom(sample: bytes) -> str:
    """UTF-16 shows in its high bytes: nothing for Latin, 06 for Arabic, on one side only."""
    pairs = len(sample) // 2
    if pairs < 2:
        return ""
    first, second = sample[: pairs * 2 : 2], sample[1 : pairs * 2 : 2]
    for high, low, name in ((second, first, "utf-16-le"), (first, second, "utf-16-be")):
        if (high.count(0) + high.count(6)) / pairs > 0.8 and low.count(0) / pairs < 0.05:
            return name
    return ""


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while piece := file.read(_SAMPLE_BYTES):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _is_mostly_utf8(sample: bytes) -> bool:
    """A few damaged bytes do not make another encoding of a file."""
    good = len(_LATIN1_LETTER_AS_UTF8.findall(sample))
    bad = sample.decode("utf-8", errors="replace").count("\ufffd")
    return good > 4 * bad


def _windows(sample: bytes) -> str:
    text = sample.decode("cp1256", errors="replace")
    return "cp1256" if len(_ARABIC_WORD.findall(text)) > len(_ARABIC_INSIDE_LATIN.findall(text)) else "cp1252"
