"""What we answer exists in every language and fits."""

import pytest

from twiza.entrypoints.sms.replies import FOLDER, LANGUAGES, Reply, names, template_of, words_of
from twiza.foundation.messaging.encoding import measure, smart_replace

LONGEST = {
    "lost": "1240",
    "left": "1240",
    "total": "12450.50",
    "quantity": "1240",
    "gross": "12450.50",
    "kept": "1245.50",
    "words": "VENDU 12 1240 amlou aux aman ENCORE",
    "number": "152374",
    "was": "1240.50",
    "group": "152381",
    "agent": "Abderrahmane Ait Benhadd",
    "numbers": "152374, 152382, 152391, 152406",
    "amount": "12450.50",
    "last": "4921",
    "day": "26/11/2026",
    "checks": "produits, nombre, état, emballage, adresse, date",
    "content": "12 x Huile d'argan alimentaire torréfiée 250 ml, 3 x Savon noir à l'eucalyptus 500 g, 2 x Miel de thym",
    "orders": "152374 (1245.50 DH), 152382 (90 DH)",
}
LONGEST_STATUS = {"fr": "en préparation", "ar": "في طور الإنجاز", "ary": "en préparation", "en": "in progress"}
LONGEST_WORD = {"fr": "ENVOYE", "ar": "أرسلت", "ary": "SIFET", "en": "DELIVERED"}
# The whole menu, and lists of numbers, do not fit into the 70 characters of one part in Arabic.
TWO_PARTS = {
    ("help", "ar"),
    ("orders_to_answer", "ar"),
    ("orders_to_prepare", "ar"),
    ("ask_number", "ar"),
    ("check_first", "ar"),
    ("ask_both", "ar"),
}


@pytest.mark.parametrize("name", names())
def test_an_answer_is_there_in_every_language(name):
    assert {path.name for path in FOLDER.glob(f"{name}.*.txt")} == {f"{name}.{language}.txt" for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", names())
def test_an_answer_with_its_longest_values_fits(name, language):
    values = {**LONGEST, "word": LONGEST_WORD[language], "status": LONGEST_STATUS[language]}

    text = smart_replace(words_of(Reply(name, values), language))

    cost = measure(text)
    assert cost.parts <= (2 if (name, language) in TWO_PARTS else 1), (cost, text)
    assert cost.encoding == ("ucs2" if language == "ar" else "gsm7")


@pytest.mark.parametrize("name", names())
def test_an_answer_says_the_same_facts_in_every_language(name):
    from string import Formatter

    facts = {
        language: {field for _, field, _, _ in Formatter().parse(template_of(name, language)) if field} for language in LANGUAGES
    }

    optional = {"group", "number"} if name == "ask_both" else set()
    assert all(found - optional == facts["fr"] - optional for found in facts.values()), facts


def test_a_reader_of_tamazight_is_answered_in_darija_until_there_are_words():
    assert words_of(Reply("orders_none"), "zgh") == words_of(Reply("orders_none"), "ary")


def test_a_long_content_is_shortened_and_the_number_never():
    text = words_of(Reply("accepted", LONGEST), "fr")

    assert "152374" in text
    assert "12450.50" in text
    assert "..." in text
