"""Every word we listen for, gathered from the files in `keywords/`. Being there is being heard."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol, cast

from twiza.entrypoints.sms import keywords
from twiza.entrypoints.sms.reading import About, Reading
from twiza.entrypoints.sms.replies import Reply
from twiza.entrypoints.sms.senders import Sender
from twiza.kit.folding import fold_words

Phrase = tuple[str, ...]


class Keyword(Protocol):
    """A file of `keywords/`. The first word of each language is the one we teach.

    `DIGIT` is its place in the menu, or "". `ABOUT`: a question changes nothing; an order and access need a number; silence
    and the bank account are the sender's own. `WEAK` words count only when no other command is in the text: `ok`, `la`,
    `commande`.
    """

    INTENT: str
    DIGIT: str
    ABOUT: About
    WORDS: Mapping[str, tuple[str, ...]]
    WEAK: tuple[str, ...]
    HELP: Mapping[str, str]

    def answer(self, reading: Reading, sender: Sender) -> Reply: ...


@cache
def found_keywords() -> Mapping[str, Keyword]:
    """By intent, in the order of the menu."""
    modules = [import_module(f"{keywords.__name__}.{found.name}") for found in iter_modules(keywords.__path__)]
    words = [cast(Keyword, module) for module in modules]
    return {word.INTENT: word for word in sorted(words, key=lambda word: (word.DIGIT or "9", word.INTENT))}


@cache
def phrases() -> Mapping[Phrase, str]:
    """Each folded phrase and its intent."""
    return {
        _phrase(text): intent
        for intent, word in found_keywords().items()
        for texts in word.WORDS.values()
        for text in texts
        if text not in word.WEAK
    }


@cache
def weak_words() -> Mapping[str, str]:
    return {fold_words(text): intent for intent, word in found_keywords().items() for text in word.WEAK}


@cache
def longest_phrase() -> int:
    return max(len(phrase) for phrase in phrases())


@cache
def single_words() -> Mapping[str, str]:
    return {phrase[0]: intent for phrase, intent in phrases().items() if len(phrase) == 1}


@cache
def digits() -> Mapping[str, str]:
    """The menu: 4 → accept."""
    return {word.DIGIT: intent for intent, word in found_keywords().items() if word.DIGIT}


def _phrase(text: str) -> Phrase:
    return tuple(fold_words(text).split())


def acts(intent: str) -> bool:
    """Whether doing it changes something, so that it must be read without any doubt."""
    return found_keywords()[intent].ABOUT != "question"
