"""What a cooperative sells, and which of it a few words mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from twiza.entrypoints.sms.spelling import nearest
from twiza.entrypoints.sms.tables import Phrase, phrase, products, small_words
from twiza.kit.folding import fold

_ARTICLES = ("وال", "بال", "لل", "ال", "dl", "el", "al", "ll", "ل", "ب", "l", "d", "b")
_SHORTEST_AFTER_ARTICLE = 3
_CONTENT = re.compile(r"(\d+(?:[.,]\d+)?) ?([a-z]+)")
# An Arabizi word without its vowels is at least this long to say anything.
_SHORTEST_SKELETON = 3
_VOWELS = str.maketrans("", "", "aeiouy'")


@dataclass(frozen=True)
class Item:
    """`code` is what its number is written as: `7`, or `7B` for the second size. `unit` is piece, kg or l."""

    code: str
    names: tuple[str, ...]
    unit: str = "piece"
    content: str = ""

    @property
    def number(self) -> int:
        return int(self.code.rstrip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"))

    def is_content(self, value: Decimal, unit: str) -> bool:
        """Whether an amount is only the size that is written on it: `500 g`."""
        found = _CONTENT.fullmatch(fold(self.content))
        return found is not None and Decimal(found[1].replace(",", ".")) == value and found[2] == unit


@dataclass(frozen=True)
class Shelf:
    """The sender's own catalogue. What is not in it is never meant."""

    items: tuple[Item, ...] = ()

    @cached_property
    def meanings(self) -> Mapping[str, frozenset[str]]:
        """By code: what the words of its names mean, in any language."""
        return {item.code: frozenset(self._meant_by(item)) for item in self.items}

    @cached_property
    def own_words(self) -> Mapping[Phrase, str]:
        """The words of its names that are in no table."""
        names = (phrase(name) for item in self.items for name in item.names)
        return {(word,): f"={word}" for name in names for word in _unknown_words(name)}

    @cached_property
    def vocabulary(self) -> Mapping[str, str]:
        """Single words that mean something on this shelf: what a misspelt word may have been."""
        meant = frozenset().union(*self.meanings.values()) if self.items else frozenset()
        words = {words[0]: meaning for words, meaning in products().items() if len(words) == 1 and meaning in meant}
        return {**words, **{words[0]: meaning for words, meaning in self.own_words.items()}}

    @cached_property
    def _skeletons(self) -> Mapping[str, str]:
        return {bones: meaning for word, meaning in self.vocabulary.items() if (bones := _skeleton(word))}

    def meaning(self, words: Phrase) -> str | None:
        """What a phrase means, with or without its article."""
        found = products().get(words) or self.own_words.get(words)
        if found is not None or len(words) > 1:
            return found
        return next((meaning for bare in _without_article(words[0]) if (meaning := self._single(bare))), None)

    def _single(self, word: str) -> str | None:
        return products().get((word,)) or self.own_words.get((word,))

    def with_number(self, number: str) -> list[Item]:
        """Of this number; all its sizes when it has several and none is named."""
        exact = [item for item in self.items if item.code.lower() == number.lower()]
        return exact or [item for item in self.items if number.isdigit() and item.number == int(number)]

    def meant_by(self, meanings: Iterable[str]) -> list[Item]:
        """Every item of which all this can be said."""
        wanted = frozenset(meanings)
        return [item for item in self.items if wanted and wanted <= self.meanings[item.code]]

    def nearest_to(self, meanings: Sequence[str]) -> list[Item]:
        """Those of which at least something can be said, the nearest."""
        shared = {item.code: len(self.meanings[item.code] & set(meanings)) for item in self.items}
        most = max(shared.values(), default=0)
        return [item for item in self.items if most and shared[item.code] == most]

    def repaired(self, word: str) -> str | None:
        """What a misspelt word means, when all that is near to it means the same."""
        meant = {self.vocabulary[other] for other in nearest(word, self.vocabulary)}
        if len(meant) == 1:
            return meant.pop()
        return self._skeletons.get(_skeleton(word) or " ") if not meant else None

    def _meant_by(self, item: Item) -> Iterable[str]:
        for name in item.names:
            words = phrase(name)
            at = 0
            while at < len(words):
                length, meaning = _longest(words[at:])
                if meaning:
                    yield meaning
                elif words[at] not in small_words():
                    yield f"={words[at]}"
                at += length


def _longest(words: Phrase) -> tuple[int, str]:
    for length in range(min(3, len(words)), 0, -1):
        if found := products().get(words[:length]):
            return length, found
    bare = (products().get((word,)) for word in _without_article(words[0]))
    return 1, next((meaning for meaning in bare if meaning), "")


def _unknown_words(words: Phrase) -> list[str]:
    unknown, at = [], 0
    while at < len(words):
        length, meaning = _longest(words[at:])
        if not meaning and words[at] not in small_words():
            unknown.append(words[at])
        at += length
    return unknown


def _without_article(word: str) -> list[str]:
    return [
        word[len(article) :]
        for article in _ARTICLES
        if word.startswith(article) and len(word) - len(article) >= _SHORTEST_AFTER_ARTICLE
    ]


def _skeleton(word: str) -> str:
    """The consonants of a word in Latin letters: nobody agrees on the vowels of Arabizi."""
    if not word.isascii():
        return ""
    bones = word.replace("ou", "").translate(_VOWELS)
    single = "".join(letter for at, letter in enumerate(bones) if not at or letter != bones[at - 1])
    return single if len(single) >= _SHORTEST_SKELETON else ""
