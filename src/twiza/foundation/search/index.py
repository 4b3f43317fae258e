"""The index of one machine: documents written, and opened to be asked. All that knows Tantivy's files is here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import tantivy

from twiza.foundation.search.analyser import SMALL_WORDS, words_of
from twiza.foundation.search.concepts import Concepts
from twiza.foundation.search.documents import Document, Hit
from twiza.foundation.search.lexicon import Lexicon

HEAP_BYTES = 48_000_000
# Places, kinds, sectors and makers are said again and again: each is read once, as long as there are no more than so many.
TEXTS_REMEMBERED = 20_000
TEXTS = ("names", "nature", "terms", "plain", "written")
FACETS = ("region", "province", "sector", "label", "made", "band")
FLAGS = ("womens", "online")
LEXICON = "lexicon.tsv"


def schema() -> tantivy.Schema:
    """`names` are terms of names, `nature` of what it is, `terms` are all terms; `plain` are names as written, for whoever
    is still typing, and `written` everything as written, for whoever wrote it just so."""
    builder = tantivy.SchemaBuilder()
    for name in TEXTS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in ("key", "shown"):
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("owner", tokenizer_name="raw", index_option="basic")
    for name in ("kind", *FACETS):
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in FLAGS:
        builder.add_boolean_field(name, indexed=True, fast=True)
    builder.add_unsigned_field("price", indexed=True, fast=True)
    return builder.build()


class _ReadText(NamedTuple):
    """A text once its words are known, or several; no phrase reaches from one text into the next."""

    written: tuple[str, ...]
    terms: tuple[str, ...]
    tokens: tuple[str, ...]


class IndexWriter:
    """Writes documents and learns their words. Nothing is seen before `commit`."""

    def __init__(self, folder: Path, concepts: Concepts, lexicon: Lexicon) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._concepts = concepts
        self._lexicon = lexicon
        self._read = lru_cache(maxsize=TEXTS_REMEMBERED)(self._read_text)
        self._read_all = lru_cache(maxsize=TEXTS_REMEMBERED)(self._read_texts)
        self._writer = tantivy.Index(schema(), path=str(folder)).writer(HEAP_BYTES, 1)

    def add(self, documents: Iterable[Document]) -> int:
        """How many were added. The same thing twice would be found twice: remove it first."""
        count = 0
        for count, document in enumerate(documents, 1):  # noqa: B007 -- the last number is the answer
            self._writer.add_document(self._prepared(document))
        return count

    def remove(self, kind: str, ids: Iterable[int]) -> None:
        for one in ids:
            self._writer.delete_documents_by_term("key", f"{kind}:{one}")

    def commit(self) -> None:
        self._writer.commit()
        self._writer.wait_merging_threads()
        self._lexicon.save(self._folder / LEXICON)

    def _prepared(self, document: Document) -> tantivy.Document:
        names, nature = self._read_all(tuple(document.names.values())), self._read_all(document.nature)
        everything = [names, nature, self._read_all(document.places), *(self._read(text) for text in document.words if text)]
        self._lexicon.count(chain.from_iterable(read.terms for read in everything))
        prepared = tantivy.Document()
        prepared.add_text("names", " ".join(names.tokens))
        prepared.add_text("nature", " ".join(nature.tokens))
        prepared.add_text("terms", " ".join(_once(read.tokens for read in everything)))
        prepared.add_text("plain", " ".join(names.written))
        prepared.add_text("written", " ".join(_once(read.written for read in everything)))
        _describe(prepared, document)
        return prepared

    def _read_texts(self, texts: tuple[str, ...]) -> _ReadText:
        """Several that are said together; what many things say of themselves is put together once."""
        read = [self._read(text) for text in dict.fromkeys(texts) if text]
        terms = tuple(chain.from_iterable(one.terms for one in read))
        return _ReadText(_once(one.written for one in read), terms, _once(one.tokens for one in read))

    def _read_text(self, text: str) -> _ReadText:
        words = tuple(words_of(text))
        self._lexicon.learn(words)
        telling = [word for word in words if word.written not in SMALL_WORDS]
        written, terms = tuple(word.written for word in words), tuple(word.term for word in words)
        return _ReadText(written, terms, tuple(dict.fromkeys([*terms, *self._concepts.every_of(telling)])))


def _once(said: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """What any of them says, each once."""
    return tuple(dict.fromkeys(chain.from_iterable(said)))


def _describe(prepared: tantivy.Document, document: Document) -> None:
    prepared.add_text("key", f"{document.kind}:{document.id}")
    prepared.add_text("shown", json.dumps({"slug": document.slug, "names": dict(document.names)}, ensure_ascii=False))
    single = {"kind": (document.kind,), "region": (document.region,), "province": (document.province,)}
    single |= {"band": (document.band,), "owner": (str(document.owner or ""),)}
    for name, codes in {**single, "sector": document.sectors, "label": document.labels, "made": document.made}.items():
        for code in filter(None, codes):
            prepared.add_text(name, code)
    prepared.add_boolean("womens", document.is_womens)
    prepared.add_boolean("online", document.sells_online)
    prepared.add_unsigned("price", document.price_centimes)


def hit_of(stored: tantivy.Document, score: float) -> Hit:
    """What was found, from what the index keeps of it."""
    kind, _, number = str(stored.get_first("key")).partition(":")
    shown = json.loads(str(stored.get_first("shown")))
    return Hit(kind, int(number), shown["slug"], shown["names"], round(score, 4))
