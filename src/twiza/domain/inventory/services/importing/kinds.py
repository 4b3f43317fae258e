"""Which kind a word means: its code, its name in any language, or what search takes it for."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from django.db.models import Q

from twiza.domain.catalogue.models import ProductKind
from twiza.foundation.search.analyser import asked_words
from twiza.foundation.search.concepts import known_concepts
from twiza.kit.folding import fold_words

MOST_SUGGESTED = 3
LIKE_ENOUGH = 0.6


@dataclass(frozen=True)
class FoundKind:
    """`is_guess`: it was not written so. Without a kind, `near` names those that may be meant."""

    kind: ProductKind | None
    is_guess: bool = False
    near: tuple[ProductKind, ...] = ()


class KindFinder:
    """The kinds of today, read once."""

    def __init__(self) -> None:
        kinds = list(ProductKind.objects.filter(~Q(family=None)))
        self._codes = {kind.code: kind for kind in kinds}
        self._families: dict[str, str] = {}
        self._words: dict[str, ProductKind] = {}
        for kind in kinds:
            for word in (kind.code, kind.name_fr, kind.name_ar, kind.name_zgh, kind.name_en):
                if word:
                    self._words.setdefault(fold_words(word), kind)
        for family in ProductKind.objects.filter(family=None):
            for word in (family.code, family.name_fr, family.name_ar, family.name_zgh, family.name_en):
                self._families[fold_words(word)] = family.code
        self.find = lru_cache(2_000)(self._find)

    def _find(self, text: str) -> FoundKind:
        """The kind a text names. The first thing it names counts: soap with argan oil is soap."""
        words = fold_words(text)
        if words in self._words:
            return FoundKind(self._words[words])
        if words in self._families:
            return FoundKind(None, near=self._near(words))
        begun = max((word for word in self._words if words.startswith(f"{word} ")), key=len, default="")
        if begun:
            return FoundKind(self._words[begun], is_guess=True)
        units = known_concepts().units_of(asked_words(text))
        for unit in units:
            code = unit.concept.removeprefix("c:")
            kind = self._codes.get(code) or self._codes.get(code.partition(".")[0])
            if kind is not None:
                return FoundKind(kind, is_guess=len(units) > 1 or kind.code != code)
        return FoundKind(None, near=self._near(words))

    def _near(self, words: str) -> tuple[ProductKind, ...]:
        if words in self._families:
            of_family = (kind for kind in self._codes.values() if kind.family_id == self._families[words])
            return tuple(of_family)[:MOST_SUGGESTED]
        alike = get_close_matches(words, self._words, n=MOST_SUGGESTED * 2, cutoff=LIKE_ENOUGH)
        return tuple(dict.fromkeys(self._words[word] for word in alike))[:MOST_SUGGESTED]
