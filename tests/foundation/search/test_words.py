"""Whatever sounds the same is the same term, in any script; what is misspelt is read as what was meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twiza.foundation.search.analyser import asked_words, terms_of, words_of
from twiza.foundation.search.asking import understand
from twiza.foundation.search.concepts import Concepts, Unit
from twiza.foundation.search.corrector import Correction, Corrector, distance_allowed


@pytest.mark.parametrize(
    "spellings",
    [
        "Taroudannt taroudant TAROUDANTE tarudant",
        "zafran Zaafrane z3fran zaafran",
        "3sel asel assel",
        "couscous kouskous kuskus",
        "louiza lwiza",
        "dattes datte dates",
        "hlib 7lib",
        "chri7a shriha",
        "5obz khobz",
        "8asoul ghassoul gassoul",
        "9ffa kffa qffa",
        "amlou amlo AMLOU",
        "ⵜⴰⵎⵎⵏⵜ tammnt tamment",
        "ⴰⵖⵔⵓⵎ aghrum aghroum",
        "العسل عسل عَسَل",
        "أركان اركان",
        "زربية زربيه الزربية",
        "گرگاع كركاع",
        "Tazenakht taznakht",
        "Essaouira essawira",
        "M'Gouna mgouna M’gouna",
    ],
)
def test_one_word_in_many_spellings_is_one_term(spellings):
    assert len(set(terms_of(spellings))) == 1


@pytest.mark.parametrize(
    "words",
    ["miel lait", "laine lin", "sel miel", "500g 500ml", "2024 2025", "عسل عدس", "زيت زيتون", "huile olive"],
)
def test_different_words_stay_different(words):
    assert len(set(terms_of(words))) == 2


@given(st.text(max_size=80))
def test_a_term_is_its_own_term_and_no_text_is_too_strange(text):
    terms = terms_of(text)

    assert terms_of(" ".join(terms)) == terms


@given(st.text(alphabet="abcehklostuwxyz3795 8\u0627\u0644\u0621\u0639\u0633ⵜⴰⵎⵯ'’-", max_size=40))
def test_terms_of_likely_letters_are_stable(text):
    terms = terms_of(text)

    assert terms_of(" ".join(terms)) == terms


def test_a_term_remembers_how_it_was_written():
    assert [tuple(word) for word in words_of("Huile d'Argane")] == [("uil", "huile"), ("d", "d"), ("argan", "argane")]


def test_small_words_are_not_asked_for_unless_they_are_all_there_is():
    assert [word.written for word in asked_words("la coopérative de miel")] == ["miel"]
    assert [word.written for word in asked_words("coopérative")] == ["cooperative"]


TABLE = Concepts(
    [
        {"code": "argan-oil", "fr": "huile d'argan|argan", "ar": "زيت أركان", "ary": "zit argan", "zgh": "", "en": "argan oil"},
        {"code": "honey", "fr": "miel", "ar": "عسل", "ary": "3sel", "zgh": "ⵜⴰⵎⵎⵏⵜ", "en": "honey"},
        {"code": "thyme-honey", "fr": "miel de thym", "ar": "عسل الزعتر", "ary": "", "zgh": "", "en": "thyme honey"},
    ]
)


@pytest.mark.parametrize("text", ["huile d'argan", "zit argan", "زيت الأركان", "Argan Oil", "ZIT L'ARGAN"])
def test_one_idea_has_one_concept_in_every_language(text):
    terms = [word.term for word in asked_words(text)]

    assert [unit.concept for unit in TABLE.units(terms)] == ["c:argan-oil"]


def test_the_longest_phrase_is_what_was_meant_and_the_rest_stays_words():
    assert TABLE.units(terms_of("miel thym khouribga")) == [
        Unit(("mil", "tim"), "c:thyme-honey"),
        Unit(("khuribga",)),
    ]


def test_what_is_indexed_is_every_idea_inside():
    assert TABLE.every(terms_of("miel thym")) == ["c:honey", "c:thyme-honey"]


CORRECTOR = Corrector({"zafran": 4, "argan": 9, "tarudant": 3, "mil": 5, "uil": 2, "khuribga": 8, "indi": 1})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("zafrn", "zafran"),
        ("argna", "argan"),
        ("trudant", "tarudant"),
        ("khuribka", "khuribga"),
        ("lindi", "indi"),
        ("khur", "khuribga"),
    ],
)
def test_a_misspelt_word_is_read_as_the_nearest_known_one(typed, meant):
    assert CORRECTOR.correct(typed).is_changed
    assert CORRECTOR.correct(typed).term == meant


@pytest.mark.parametrize("term", ["mil", "uil", "argan", "2024"])
def test_a_known_word_and_a_number_are_never_corrected(term):
    assert CORRECTOR.correct(term) == Correction(term, is_changed=False)


@pytest.mark.parametrize("term", ["mel", "xyz", "abcdefgh"])
def test_a_word_too_short_or_too_far_stays(term):
    assert CORRECTOR.correct(term).term == term


def test_how_many_letters_may_be_wrong():
    assert [distance_allowed("a" * length) for length in (1, 3, 4, 6, 7, 12)] == [0, 0, 1, 1, 2, 2]


def test_a_question_says_what_it_read_otherwise():
    question = understand("myel zafrn", TABLE, Corrector({"mil": 5, "zafran": 2}))

    assert question.corrected == (("zafrn", "zafran"),)
    assert question.units == (Unit(("mil",), "c:honey"), Unit(("zafran",)))


ALIKE = Concepts(
    [
        {"code": "flowers", "kind": "product", "fr": "fleurs", "en": "flowers"},
        {"code": "flour", "kind": "product", "fr": "farine", "en": "flour"},
    ]
)


def test_what_is_written_just_so_is_that_and_only_else_what_sounds_the_same():
    assert [unit.concept for unit in ALIKE.units_of(words_of("flour"))] == ["c:flour"]
    assert [unit.concept for unit in ALIKE.units_of(words_of("fleur"))] == ["c:flowers"]
    assert ALIKE.every_of(words_of("flour farine")) == ["c:flour"]
    assert ALIKE.kind_of("c:flour") == "product"


@pytest.mark.parametrize("text", ["je cherche du miel pour moi", "bghit l3sel", "miel pour la maison"])
def test_words_of_asking_are_not_asked(text):
    assert {"pour", "je", "cherche", "bghit"}.isdisjoint(word.written for word in asked_words(text))
