"""A space that was lost is found again; a word that nobody ran together is left whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twiza.foundation.search.analyser import terms_of
from twiza.foundation.search.asking import understand
from twiza.foundation.search.concepts import Concepts
from twiza.foundation.search.corrector import Corrector
from twiza.foundation.search.parting import LONGEST_WHOLE, SHORTEST_WHOLE, parts_of
from twiza.kit.folding import fold_words

SAID = "huile argan olive eau rose couscous orge miel jujubier thym figue séchées fromage chèvre savon زيت زيتون"
KNOWN = dict.fromkeys(terms_of(SAID), 3)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("huiledargan", "huile argan"),
        ("huileargan", "huile argan"),
        ("eauderose", "eau rose"),
        ("couscousdorge", "couscous orge"),
        ("mieldejujubier", "miel jujubier"),
        ("figuesseches", "figue séchées"),
        ("fromagedechevre", "fromage chèvre"),
        ("زيتالزيتون", "زيت زيتون"),
        ("mielthymrose", "miel thym rose"),
    ],
)
def test_lost_spaces_are_found(typed, meant):
    assert [word.term for word in parts_of(typed, KNOWN.__contains__)] == terms_of(meant)


@pytest.mark.parametrize("typed", ["argan", "taroudant", "savonette", "mielle", "eaurose" * 9, "", "oliveboutolive"])
def test_a_word_that_is_not_made_of_known_ones_stays_whole(typed):
    assert parts_of(typed, KNOWN.__contains__) == ()


@pytest.mark.parametrize(("typed", "read"), [("jujubie", "jujubir"), ("miel", "mil"), ("savonn", "savun")])
def test_a_letter_wrong_is_likelier_than_a_space_lost(typed, read):
    [word] = typed.split()
    assert Corrector(KNOWN).correct(terms_of(word)[0], word).term == read


def test_what_was_run_together_is_asked_apart_and_said():
    question = understand("huiledargan", Concepts([{"code": "argan-oil", "fr": "huile d'argan"}]), Corrector(KNOWN))

    assert [unit.concept for unit in question.units] == ["c:argan-oil"]
    assert question.corrected == (("huiledargan", "uil argan"),)


@given(st.lists(st.sampled_from(SAID.split()), min_size=2, max_size=3))
def test_any_two_or_three_known_words_run_together_are_found(words):
    written = "".join(map(fold_words, words))
    if SHORTEST_WHOLE <= len(written) <= LONGEST_WHOLE:
        assert parts_of(written, KNOWN.__contains__)
