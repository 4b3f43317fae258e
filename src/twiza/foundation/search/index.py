"""The index of one machine: documents written, and opened to be asked. All that knows Tantivy's files is here."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

import tantivy

from twiza.foundation.search.documents import Document, Hit
from twiza.foundation.search.reading import DocumentReader, Entry
from twiza.foundation.search.reading_apart import entries_of

HEAP_BYTES = 48_000_000
TEXTS = ("names", "nature", "terms", "plain", "written")
FACETS = ("region", "province", "sector", "label", "made", "band", "month")
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


class IndexWriter:
    """Writes documents and learns their words. Nothing is seen before `commit`."""

    def __init__(self, folder: Path, reader: DocumentReader) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._reader = reader
        self._writer = tantivy.Index(schema(), path=str(folder)).writer(HEAP_BYTES, 1)

    def add(self, documents: Iterable[Document]) -> int:
        """How many were added. The same thing twice would be found twice: remove it first."""
        count = 0
        for count, entry in enumerate(entries_of(documents, self._reader), 1):  # noqa: B007 -- the last number is the answer
            self._writer.add_document(_prepared(entry))
        return count

    def remove(self, kind: str, ids: Iterable[int]) -> None:
        for one in ids:
            self._writer.delete_documents_by_term("key", f"{kind}:{one}")

    def commit(self) -> None:
        self._writer.commit()
        self._writer.wait_merging_threads()
        self._reader.lexicon.save(self._folder / LEXICON)


def _prepared(entry: Entry) -> tantivy.Document:
    prepared = tantivy.Document()
    for name, text in chain(entry.texts.items(), entry.codes):
        prepared.add_text(name, text)
    prepared.add_boolean("womens", entry.is_womens)
    prepared.add_boolean("online", entry.sells_online)
    prepared.add_unsigned("price", entry.price_centimes)
    return prepared


def hit_of(stored: tantivy.Document, score: float) -> Hit:
    """What was found, from what the index keeps of it."""
    kind, _, number = str(stored.get_first("key")).partition(":")
    shown = json.loads(str(stored.get_first("shown")))
    return Hit(kind, int(number), shown["slug"], shown["names"], round(score, 4))
