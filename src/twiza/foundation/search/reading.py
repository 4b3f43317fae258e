"""From what rooms say of a thing to the words it is found by. Asks neither the database nor the settings."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from twiza.foundation.search.analyser import SMALL_WORDS, words_of
from twiza.foundation.search.concepts import Concepts
from twiza.foundation.search.documents import Document
from twiza.foundation.search.lexicon import Lexicon

# Places, kinds, sectors and makers are said again and again: each is read once, as long as there are no more than so many.
TEXTS_REMEMBERED = 6_000


class Entry(NamedTuple):
    """What the index keeps of one thing: texts to find it by, its codes by what they are of, what is shown of it."""

    texts: dict[str, str]
    codes: tuple[tuple[str, str], ...]
    is_womens: bool
    sells_online: bool
    price_centimes: int


class _ReadText(NamedTuple):
    """A text once its words are known, or several; no phrase reaches from one text into the next."""

    written: tuple[str, ...]
    terms: tuple[str, ...]
    tokens: tuple[str, ...]


class DocumentReader:
    """Reads documents, and learns their words."""

    def __init__(self, concepts: Concepts, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._concepts = concepts
        self._read = lru_cache(maxsize=TEXTS_REMEMBERED)(self._read_text)
        self._read_all = lru_cache(maxsize=TEXTS_REMEMBERED)(self._read_texts)

    def entry_of(self, document: Document) -> Entry:
        names, nature = self._read_all(tuple(document.names.values())), self._read_all(document.nature)
        everything = [names, nature, self._read_all(document.places), *map(self._read_all, document.words)]
        self.lexicon.count(chain.from_iterable(read.terms for read in everything))
        texts = {
            "names": " ".join(names.tokens),
            "nature": " ".join(nature.tokens),
            "terms": " ".join(_once(read.tokens for read in everything)),
            "plain": " ".join(names.written),
            "written": " ".join(_once(read.written for read in everything)),
        }
        return Entry(texts, _codes_of(document), document.is_womens, document.sells_online, document.price_centimes)

    def _read_texts(self, texts: tuple[str, ...]) -> _ReadText:
        """Several that are said together; what many things say of themselves is put together once."""
        read = [self._read(text) for text in dict.fromkeys(texts) if text]
        terms = tuple(chain.from_iterable(one.terms for one in read))
        return _ReadText(_once(one.written for one in read), terms, _once(one.tokens for one in read))

    def _read_text(self, text: str) -> _ReadText:
        words = tuple(words_of(text))
        self.lexicon.learn(words)
        telling = [word for word in words if word.written not in SMALL_WORDS]
        written, terms = tuple(word.written for word in words), tuple(word.term for word in words)
        return _ReadText(written, terms, tuple(dict.fromkeys([*terms, *self._concepts.every_of(telling)])))


def _once(said: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """What any of them says, each once."""
    return tuple(dict.fromkeys(chain.from_iterable(said)))


def _codes_of(document: Document) -> tuple[tuple[str, str], ...]:
    codes = [
        ("key", f"{document.kind}:{document.id}"),
        ("shown", json.dumps({"slug": document.slug, "names": dict(document.names)}, ensure_ascii=False)),
        ("kind", document.kind),
        ("region", document.region),
        ("province", document.province),
        ("band", document.band),
        ("owner", str(document.owner or "")),
    ]
    several = {"sector": document.sectors, "label": document.labels, "made": document.made, "month": document.months}
    codes += [(name, code) for name, some in several.items() for code in some]
    return tuple((name, code) for name, code in codes if code)
