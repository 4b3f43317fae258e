"""What is read of a document is the same in this process and in the one beside it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twiza.foundation.search import reading_apart
from twiza.foundation.search.analyser import terms_of, words_of
from twiza.foundation.search.concepts import known_concepts
from twiza.foundation.search.documents import Document
from twiza.foundation.search.lexicon import Lexicon
from twiza.foundation.search.reading import DocumentReader
from twiza.foundation.search.reading_apart import entries_of
from twiza.kit.folding import fold_words


def documents(how_many):
    """Each with a word of its own."""
    return [
        Document(
            kind="product",
            id=number,
            slug=f"miel-{number}",
            names={"fr": f"Miel n{number}", "ar": "عسل"},
            nature=("Miel de thym",),
            words=(("Produits de la ruche",), ("Al Amal", "الأمل")),
            made=("honey.thyme",),
            price_centimes=number,
        )
        for number in range(how_many)
    ]


@pytest.fixture
def reader():
    return DocumentReader(known_concepts(), Lexicon())


def test_what_is_said_of_a_thing_is_kept_with_its_codes(reader):
    [entry] = entries_of(documents(1), reader)

    assert entry.texts["names"].split() == [*terms_of("miel n0"), "c:honey", *terms_of("عسل")]
    assert entry.texts["plain"] == "miel n0 عسل"
    assert "c:honey" in entry.texts["nature"].split()
    assert {*terms_of("ruche"), *terms_of("الأمل")} <= set(entry.texts["terms"].split())
    assert entry.codes[0] == ("key", "product:0")
    assert ("made", "honey.thyme") in entry.codes
    assert "region" not in dict(entry.codes)
    assert reader.lexicon.counts["n0"] == 1


def test_two_processes_read_what_one_reads(reader, monkeypatch):
    monkeypatch.setattr(reading_apart, "AT_ONCE", 3)
    alone = DocumentReader(known_concepts(), Lexicon())

    apart = list(entries_of(iter(documents(20)), reader))

    assert apart == [alone.entry_of(document) for document in documents(20)]
    assert reader.lexicon.counts == alone.lexicon.counts
    assert all(reader.lexicon.written(term) == alone.lexicon.written(term) for term in alone.lexicon.counts)


def test_a_machine_of_one_processor_reads_all_by_itself(reader, monkeypatch):
    monkeypatch.setattr(reading_apart, "AT_ONCE", 3)
    monkeypatch.setattr("os.sched_getaffinity", lambda _pid: {0})
    monkeypatch.setattr(reading_apart, "ProcessPoolExecutor", None)

    assert [dict(entry.codes)["key"] for entry in entries_of(documents(8), reader)] == [f"product:{one}" for one in range(8)]


@given(st.text(alphabet=st.characters(blacklist_characters="'’‘`"), max_size=60))
def test_words_read_one_by_one_are_the_words_of_the_whole_text(text):
    assert [word.written for word in words_of(text)] == [word for word in fold_words(text).split() if terms_of(word)]
