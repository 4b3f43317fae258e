"""Names as two registers may write one: their telling words, and the bones that any script shares."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import log

from rapidfuzz.distance import Indel

from twiza.foundation.search.analyser import SMALL_WORDS, terms_of
from twiza.kit.folding import fold_words

# What every other name says; a register may leave it out.
_GENERIC_WORDS = """
    cooperative cooperatives coop coops cop cope koop ste societe sarl union unions groupement gie federation
    association agricole agricoles artisanale artisanal artisanales feminine feminines feminin femmes femme rurale
    rural rurales produits produit production commercialisation services service locaux terroir developpement
    travaux activites taawniya taawounia taawniyat taawouniya ta3awniya ta3awouniya taawonia taawniat tawniya
    تعاونيه التعاونيه تعاونيات التعاونيات اتحاد الاتحاد مجموعه المجموعه جمعيه فلاحيه الفلاحيه نسويه النسويه نسائيه
    النسائيه حرفيه الحرفيه للصناعه الصناعه التقليديه تقليديه لانتاج انتاج الانتاج تسويق وتسويق منتوجات المنتوجات
    منتجات خدمات الخدمات للتنميه التنميه القرويه قرويه المجاليه مجاليه
"""
_GENERIC = frozenset(_GENERIC_WORDS.split())
_ROMAN = {"ii": "2", "iii": "3", "iv": "4"}
# A place's own name in a cooperative's name says little more than the place does.
PLACE_WEIGHT = 0.1
_LEAST_WEIGHT = 0.15
# Two words that share less are two words.
_SAME_WORD = 0.72
# Typed as one word or as two: only nearly the same letters count then.
_SAME_LETTERS = 0.9
# What is read through another script is believed a little less.
_ACROSS_SCRIPTS = 0.96

_TYPED_DIGITS = str.maketrans({"2": "", "3": "", "5": "kh", "6": "t", "7": "h", "8": "k", "9": "k"})
_LATIN_BONES = tuple(
    (re.compile(written), heard)
    for written, heard in (
        (r"ph", "f"),
        (r"tch|ch|sh", "C"),
        (r"kh|gh", "k"),
        (r"th", "t"),
        (r"dh", "d"),
        (r"^(?:w|ou(?=[aeiy]))", "W"),
        (r"^y", "Y"),
        (r"h$", ""),
        (r"c(?=[eiy])", "s"),
        (r"[cqg]", "k"),
        (r"x", "ks"),
        (r"v", "f"),
        (r"p", "b"),
        (r"(?<=.)s$", ""),
        (r"[aeiouwy]", ""),
        (r"(.)\1+", r"\1"),
    )
)
_ARABIC_ARTICLE = re.compile(r"^(?:[وبفك]?ال|لل)(?=\w{2})")
_ARABIC_BONES = str.maketrans(
    dict(zip("بتثجحخدذرزسشصضطظغفقكلمنه", "bttjhkddrzsCsdtdkfkklmnh", strict=True)) | dict.fromkeys("اويءعئؤىة")
)


@dataclass(frozen=True, slots=True)
class Word:
    """`term` as it is heard in its own script, `bones` its consonants in any script, `weight` how much it tells, up to 1."""

    term: str
    bones: str
    weight: float


@dataclass(frozen=True, slots=True)
class Name:
    words: tuple[Word, ...]
    numbers: frozenset[str]

    @property
    def letters(self) -> str:
        return "".join(word.term for word in self.words if word.weight > PLACE_WEIGHT)

    @property
    def all_bones(self) -> str:
        return "".join(word.bones for word in self.words if word.weight > PLACE_WEIGHT)


class Weights:
    """How much each word of a register tells: one that stands in every tenth name tells little."""

    def __init__(self, counts: Mapping[str, int], names: int) -> None:
        self._counts = counts
        self._names = max(names, 30)

    @classmethod
    def of(cls, names: Iterable[str]) -> Weights:
        counts: Counter[str] = Counter()
        number = 0
        for name in names:
            number += 1
            counts.update({term for term, _bones in told_words(name)})
        return cls(counts, number)

    def of_word(self, term: str) -> float:
        told = log(self._names / min(self._counts.get(term, 1), self._names)) / log(self._names)
        return max(_LEAST_WEIGHT, told)

    def read(self, name: str, place_bones: frozenset[str] = frozenset()) -> Name:
        """The name's telling words; those of its own place tell nearly nothing, unless it has no others."""
        told = told_words(name)
        numbers = frozenset(term for term, _ in told if term.isdigit())
        words = [Word(term, bones, self.of_word(term)) for term, bones in told if not term.isdigit()]
        if any(word.bones not in place_bones for word in words):
            words = [Word(word.term, word.bones, PLACE_WEIGHT) if word.bones in place_bones else word for word in words]
        return Name(tuple(words), numbers)


@lru_cache(maxsize=100_000)
def told_words(name: str) -> tuple[tuple[str, str], ...]:
    """(term, bones) of the words that are not said of every cooperative; of all of them when nothing else is left."""
    written = [_ROMAN.get(word, word) for word in fold_words(name).split()]
    telling = [word for word in written if word not in _GENERIC and word not in SMALL_WORDS] or written
    return tuple((term, bones_of(word)) for word in telling for term in (terms_of(word) or [word])[:1])


@lru_cache(maxsize=100_000)
def bones_of(word: str) -> str:
    """The consonants of a folded word as any script keeps them: `tdmn` for Attadamoun and for التضامن."""
    if word.isdigit():
        return word
    if not word.isascii():
        bare = _ARABIC_ARTICLE.sub("", word)
        first = {"و": "W", "ي": "Y"}.get(bare[:1], "")
        bare = bare[:-1] if bare.endswith("ه") else bare
        return re.sub(r"(.)\1+", r"\1", first + bare.translate(_ARABIC_BONES))
    bones = word.translate(_TYPED_DIGITS) if any(char.isdigit() for char in word) else word
    for pattern, heard in _LATIN_BONES:
        bones = pattern.sub(heard, bones)
    return bones


def likeness(one: Name, other: Name, *, across_scripts: bool = False) -> float:
    """From 0 (nothing in common) to 1 (the same): how much of what the names tell is in both."""
    if not one.words or not other.words:
        return 0.0
    alike = _shared(one, other, across_scripts)
    if len(one.words) != len(other.words):
        alike = max(alike, _run_together(one, other, across_scripts))
    return alike * _ACROSS_SCRIPTS if across_scripts else alike


def _run_together(one: Name, other: Name, across_scripts: bool) -> float:
    """Nearly the same letters, where one typed as a word what the other typed as two."""
    letters = (one.all_bones, other.all_bones) if across_scripts else (one.letters, other.letters)
    near = Indel.normalized_similarity(*letters, score_cutoff=_SAME_LETTERS)
    return near if len(letters[0]) > 3 else 0.0


def _shared(one: Name, other: Name, across_scripts: bool) -> float:
    """What the words tell that have a likeness in the other name, of all that both tell."""
    told = shared = 0.0
    best_of_other = [0.0] * len(other.words)
    for word in one.words:
        best = 0.0
        for place, another in enumerate(other.words):
            near = _word_likeness(word, another, across_scripts)
            best = max(best, near)
            best_of_other[place] = max(best_of_other[place], near)
        told += word.weight
        shared += word.weight * best
    for word, best in zip(other.words, best_of_other, strict=True):
        told += word.weight
        shared += word.weight * best
    return shared / told


def _word_likeness(one: Word, other: Word, across_scripts: bool) -> float:
    if not across_scripts:
        return 1.0 if one.term == other.term else Indel.normalized_similarity(one.term, other.term, score_cutoff=_SAME_WORD)
    if one.bones == other.bones:
        return 1.0 if len(one.bones) > 1 else 0.8
    return Indel.normalized_similarity(one.bones, other.bones, score_cutoff=_SAME_WORD) if len(one.bones) > 2 else 0.0
