"""How the name of a place is written, and how it is sought."""

from __future__ import annotations

import re

from twiza.kit.folding import fold, fold_words

# What registers and people put before a name.
_BEFORE = re.compile(
    r"^(?:(?:la |l )?(?:region|province|prefecture|wilaya|commune|municipalite|ville|cr|cu|mu)(?: urbaine| rurale| territoriale)?"
    r"(?: d| de| du| des| de la| de l| of)? |(?:جهه|اقليم|عماله|جماعه|بلديه|مدينه|ولايه) )"
)
_DOUBLED = re.compile(r"(.)\1+")
_ALIKE = (("ou", "u"), ("w", "u"), ("y", "i"), ("h", ""), ("e", ""))
_SHORTEST_LOOSE = 4
LOOSE = "~"


def ways_of_writing(name: str) -> set[str]:
    """Every folded form under which a name is kept: as it is, in plain words, run together, and loosely (`~`)."""
    words = fold_words(name)
    unbroken = fold_words(fold(name).replace("'", "").replace("-", " "))
    return {form for form in (fold(name), words, unbroken, words.replace(" ", ""), loosely(words)) if form}


def ways_of_seeking(text: str) -> list[str]:
    """Forms to look for, the most exact first."""
    words = fold_words(text)
    bare = _BEFORE.sub("", words)
    forms = [words, bare, words.replace(" ", ""), bare.replace(" ", ""), loosely(bare)]
    return list(dict.fromkeys(form for form in forms if form))


def loosely(words: str) -> str:
    """Latin spellings that sound alike become one: `~tarudant` for Taroudannt, Taroudant, Tarudante. Empty when too short."""
    sound = words.replace(" ", "")
    for written, heard in _ALIKE:
        sound = sound.replace(written, heard)
    sound = _DOUBLED.sub(r"\1", sound)
    return f"{LOOSE}{sound}" if sound.isascii() and len(sound) >= _SHORTEST_LOOSE else ""
