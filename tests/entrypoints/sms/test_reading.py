"""What people write is read as they mean it, and whatever is in doubt is asked."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from twiza.entrypoints.sms.lexicon import acts, digits, found_keywords, phrases, weak_words
from twiza.entrypoints.sms.reader import read
from twiza.entrypoints.sms.reading import NEEDS_NUMBER
from twiza.entrypoints.sms.spelling import nearest

LINES = [line.split("\t") for line in Path(__file__).with_name("lines.tsv").read_text(encoding="utf-8").splitlines()]
SAMPLE = [
    "oui",
    "non",
    "wakha",
    "la",
    "prêt",
    "envoyé",
    "livré",
    "ما",
    "نعم",
    "لا",
    "pas",
    "?",
    "stop",
    "merci",
    "1523",
    "1531",
    "20",
]


@pytest.mark.parametrize(("language", "text", "intent", "slots", "certainty"), LINES, ids=[line[1] for line in LINES])
def test_a_line_is_read_as_it_was_meant(language, text, intent, slots, certainty):
    reading = read(text)

    found = {name: getattr(reading, name) for name in ("order", "reason", "tracking") if getattr(reading, name)}
    wanted = dict(slot.split("=", 1) for slot in slots.split(";") if slot)
    assert (reading.intent, found, reading.certainty) == (intent, wanted, certainty)


@effort(deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_without_harm(text):
    assert read(text).certainty in {"sure", "ask", "unknown"}


@effort(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(SAMPLE), max_size=7))
def test_nothing_about_an_order_is_sure_with_two_numbers_a_question_or_a_not(words):
    reading = read(" ".join(words))

    if reading.certainty == "sure" and reading.intent in {"accept", "ready", "shipped", "delivered"}:
        assert len({word for word in words if len(word) == 4 and word.isdigit()}) == 1
        assert not {"?", "pas", "ما", "20", "stop"} & set(words)


def test_an_empty_text_and_a_letter_are_for_a_person():
    assert read("").certainty == read(" \n\t ").certainty == read("oui 1523 " * 70).certainty == "unknown"
    assert read("x" * 2000).certainty == "unknown"


def test_no_word_means_two_things():
    """Over all files and all languages, compared as they are read."""
    from twiza.entrypoints.sms.lexicon import _phrase

    meanings = {}
    for intent, keyword in found_keywords().items():
        for text in (*keyword.WEAK, *(text for texts in keyword.WORDS.values() for text in texts)):
            meanings.setdefault(_phrase(text), set()).add(intent)

    assert {phrase: intents for phrase, intents in meanings.items() if len(intents) > 1} == {}
    assert () not in meanings


@pytest.mark.parametrize("intent", found_keywords())
def test_every_word_exists_in_all_languages_and_is_explained(intent):
    keyword = found_keywords()[intent]

    assert set(keyword.WORDS) == {"fr", "ar", "ary", "zgh", "en"}
    assert all(keyword.WORDS.values())
    assert set(keyword.HELP) == {"fr", "ar", "ary", "en"}
    assert all(keyword.HELP.values())
    assert keyword.__doc__


@pytest.mark.parametrize("intent", [intent for intent in found_keywords() if acts(intent)])
def test_the_word_we_teach_is_read_without_doubt(intent):
    keyword = found_keywords()[intent]
    number = " 1523" if keyword.ABOUT in NEEDS_NUMBER else ""

    for language, words in keyword.WORDS.items():
        reading = read(f"{words[0].upper()}{number}")
        assert (language, reading.intent, reading.certainty) == (language, intent, "sure")


def test_the_menu_has_one_meaning_per_digit():
    assert dict(digits()) == {
        "0": "help",
        "1": "orders",
        "4": "accept",
        "5": "refuse",
        "6": "shipped",
        "7": "delivered",
        "8": "balance",
    }
    assert not set(weak_words()) & {phrase[0] for phrase in phrases() if len(phrase) == 1}


def test_a_thumb_slips_by_a_letter():
    assert nearest("acepte", ["accepte", "refuse"]) == ["accepte"]
    assert nearest("oul", ["oui"]) == []


@given(st.text("abcde", max_size=8), st.lists(st.text("abcde", min_size=4, max_size=8), max_size=5))
def test_a_word_within_reach_is_always_found(word, known):
    limit = 0 if len(word) <= 3 else 1 if len(word) <= 6 else 2

    within = {other for other in known if limit and OSA.distance(word, other) <= min(limit, 1 if len(other) <= 6 else 2)}

    assert set(nearest(word, known)) == within
