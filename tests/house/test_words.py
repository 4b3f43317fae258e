"""Whoever reads French or Arabic meets no English, and nothing is translated that nobody shows."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import polib
import pytest
from django.utils.translation import gettext, ngettext, override
from tools.messages import COMPLETE, LANGUAGES, PLACEHOLDER, PLURALS, faults, gathered, po_path

ARABIC_FORMS = {0: 0, 1: 1, 2: 2, 3: 3, 10: 3, 11: 4, 99: 4, 100: 5, 102: 5, 103: 3, 111: 4}
# Forms that stand for exactly one number may say it in a word: "a product", "منتوجان".
MAY_LEAVE_OUT_THE_NUMBER = {"fr": {0}, "ar": {0, 1, 2}}


@cache
def entries(language: str) -> list[polib.POEntry]:
    return list(polib.pofile(str(po_path(language))))


def placeholders(text: str) -> set[str]:
    return {first or second for first, second in PLACEHOLDER.findall(text)}


def test_every_text_is_translated():
    assert faults() == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_files_hold_the_texts_of_the_sources_and_no_others(language):
    held = {(entry.msgctxt, entry.msgid, entry.msgid_plural or None) for entry in entries(language)}

    assert held == {words for words, _places in gathered().values()}
    assert [entry.msgid for entry in entries(language) if entry.obsolete or entry.fuzzy] == []


@pytest.mark.parametrize("language", COMPLETE)
def test_every_plural_form_is_written_and_says_the_number(language):
    for entry in entries(language):
        if not entry.msgid_plural:
            continue
        assert set(entry.msgstr_plural) == set(range(int(PLURALS[language][9]))), entry.msgid
        for form, text in entry.msgstr_plural.items():
            expected = placeholders(entry.msgid_plural)
            left_out = expected - placeholders(text)
            assert text, (entry.msgid, form)
            assert placeholders(text) <= expected, (text, form)
            assert len(left_out) <= (form in MAY_LEAVE_OUT_THE_NUMBER[language]), (text, form)


@pytest.mark.parametrize(("number", "form"), ARABIC_FORMS.items())
def test_arabic_counts_in_six_ways(number, form):
    entry = next(entry for entry in entries("ar") if entry.msgid == "%(number)s product")

    with override("ar"):
        assert ngettext("%(number)s product", "%(number)s products", number) == entry.msgstr_plural[form]


def test_french_punctuation_never_begins_a_line():
    """A no-break space stands before : ; ? ! and within « »."""
    loose = re.compile(r" [:;?!»]|« |\u00a0\u00a0")

    texts = [text for entry in entries("fr") for text in (entry.msgstr, *entry.msgstr_plural.values())]
    assert [text for text in texts if loose.search(text)] == []


def test_arabic_is_written_with_the_figures_of_morocco():
    texts = [text for entry in entries("ar") for text in (entry.msgstr, *entry.msgstr_plural.values())]

    assert [text for text in texts if re.search("[٠-٩۰-۹]", text)] == []


def test_tamazight_says_what_it_has_and_the_rest_in_french():
    with override("zgh"):
        assert gettext("Search") == "ⴰⵙⵉⴳⴳⵍ"
        assert gettext("Your basket") == "Votre panier"
        assert ngettext("%(number)s product", "%(number)s products", 3) == "%(number)s produits"
        assert gettext("This field is required.") == "Ce champ est obligatoire."


def test_an_amount_in_arabic_is_followed_by_no_second_full_stop():
    """`120 د.م.` ends with one."""
    amounts = set()
    for template in Path("src/twiza").rglob("*.html"):
        for given, body in re.findall(
            r"{% blocktranslate ([^%]*)%}(.*?){% endblocktranslate %}", template.read_text("utf-8"), re.DOTALL
        ):
            names = re.findall(r"(\w+)=[\w.]+\|dirhams(?:_text)?\b", given)
            first = re.split(r"{% plural %}", body)[0]
            amounts |= {(" ".join(re.sub(r"{{ (\w+) }}", r"%(\1)s", first).split()), name) for name in names}
    said = {entry.msgid: [entry.msgstr, *entry.msgstr_plural.values()] for entry in entries("ar")}

    assert len(amounts) > 40
    assert [msgid for msgid, name in amounts if any(f"%({name})s." in text for text in said.get(msgid, []))] == []
