"""A cooperative's message is understood beside its own catalogue, and what is in doubt is never done."""

from __future__ import annotations

import io
import json
import re
import sys

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from tests.entrypoints.sms.messages import (
    FOLDER,
    QUIET,
    SHELF,
    is_right,
    is_wrong_action,
    lines_of,
    read_beside_the_catalogue,
)
from twiza.entrypoints.sms.shelf import Item, Shelf
from twiza.entrypoints.sms.shelf_reading import CHANGES
from twiza.entrypoints.sms.tables import FOLDER as WORD_TABLES
from twiza.entrypoints.sms.tables import commands, number_words, phrase, products, small_words
from twiza.entrypoints.sms.understanding import understand

TAUGHT, BLIND = lines_of("taught"), lines_of("written_blind")
NEVER_SURE = (FOLDER / "never_sure.txt").read_text(encoding="utf-8").splitlines()
# What is typed as it comes: a slip in it gives another text, of which nobody can say that it is wrong.
FREE = {"reason", "tracking", "until", "call", "code"}
BESIDE = {
    "a": "zq",
    "e": "zr",
    "i": "uo",
    "o": "ip",
    "l": "km",
    "s": "qd",
    "t": "ry",
    "n": "b",
    "م": "ن",
    "ل": "ا",
    "ت": "ا",
    "س": "ش",
}
WORDS = [
    "stock",
    "prix",
    "vendu",
    "zid",
    "plus",
    "de",
    "amlou",
    "miel",
    "5",
    "20",
    "1523",
    "oui",
    "non",
    "pas",
    "ما",
    "?",
    "merci",
]


@pytest.mark.parametrize("line", TAUGHT, ids=[line.message for line in TAUGHT])
def test_what_we_teach_is_read_as_it_was_meant(line):
    understood = read_beside_the_catalogue(line.message)

    assert is_right(understood, line), understood
    assert understood["certainty"] == line.certainty


@pytest.mark.parametrize("name", ["written_blind", "written_later"])
def test_messages_written_without_our_word_lists_are_understood(name):
    understood = [(read_beside_the_catalogue(line.message), line) for line in lines_of(name)]
    at_once = [(said, line) for said, line in understood if line.certainty == "sure"]

    assert sum(is_right(said, line) for said, line in understood) / len(understood) >= 0.95
    assert sum(is_right(said, line) and said["certainty"] == "sure" for said, line in at_once) / len(at_once) >= 0.9
    assert [line.message for said, line in understood if is_wrong_action(said, line)] == []


@pytest.mark.parametrize("message", NEVER_SURE)
def test_what_can_be_read_in_two_ways_is_never_done(message):
    assert read_beside_the_catalogue(message)["certainty"] != "sure"


def slips(message):
    """Every message one letter away: left out, doubled, swapped, or its neighbour on the keyboard."""
    for at, letter in enumerate(message):
        if letter.isalpha() and not re.search(r"\d$", message[:at]):
            yield message[:at] + message[at + 1 :]
            yield message[:at] + letter + message[at:]
            if message[at + 1 : at + 2].isalpha():
                yield message[:at] + message[at + 1] + letter + message[at + 2 :]
            yield from (message[:at] + other + message[at + 1 :] for other in BESIDE.get(letter.lower(), ""))


def test_no_slip_of_a_thumb_makes_something_else_happen():
    wrong = []
    for line in [*TAUGHT, *BLIND[::3]]:
        for slip in slips(line.message):
            understood = read_beside_the_catalogue(slip)
            if understood["certainty"] == "sure" and understood["intent"] not in QUIET:
                said = {name: str(slot) for name, slot in understood["slots"].items() if name not in FREE}
                meant = {name: slot for name, slot in line.slots.items() if name not in FREE}
                # A slip may also mend what was misspelt and therefore asked about.
                is_mended = (understood["intent"], said) == (line.intent, meant) and line.message.startswith("stok mieil")
                if not is_mended and (understood["intent"], said, line.certainty) != (line.intent, meant, "sure"):
                    wrong.append((line.message, slip, understood))
    assert wrong == []


@effort(deadline=None, max_examples=300)
@given(st.text(max_size=160))
def test_any_text_is_understood_without_harm(text):
    assert read_beside_the_catalogue(text)["certainty"] in {"sure", "ask", "unknown"}


@effort(deadline=None, max_examples=400)
@given(st.lists(st.sampled_from(WORDS), max_size=7))
def test_a_change_is_sure_only_with_one_command_one_product_and_one_amount(words):
    understood = understand(" ".join(words), SHELF)

    if understood.certainty == "sure" and understood.intent in CHANGES:
        assert not {"?", "pas", "ما", "oui", "non"} & set(words)
        assert len({"stock", "prix", "vendu", "zid", "plus"} & set(words)) <= 2
        assert understood.product
        assert float(understood.amount) >= 0
        assert sum(word.isdigit() for word in words) in {1, 2}


@effort(deadline=None, max_examples=300)
@given(st.data())
def test_our_own_words_in_any_order_harm_nobody(data):
    tables = [*(" ".join(words) for words in [*commands(), *products()]), *number_words(), *small_words()]
    words = data.draw(st.lists(st.sampled_from(tables), max_size=6))

    understood = understand(" ".join(words), SHELF)

    assert not understood.product or understood.product in {item.code for item in SHELF.items}


def test_no_word_of_a_command_means_two_things():
    topics = {}
    for line in (WORD_TABLES / "commands.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        topic, _language, texts = line.split("\t")
        for text in texts.split(", "):
            topics.setdefault(phrase(text), set()).add(topic)
    assert {words: found for words, found in topics.items() if len(found) > 1} == {}


def test_sizes_of_a_product_are_asked_about_or_named():
    shelf = Shelf((Item("7A", ("Miel de thym",), content="500 g"), Item("7B", ("Miel de thym",), content="1 kg")))

    assert understand("stock miel 12", shelf).candidates == ("7A", "7B")
    assert understand("stock 7 12", shelf).candidates == ("7A", "7B")
    assert (understand("stock 7b 12", shelf).product, understand("stock 7b 12", shelf).certainty) == ("7B", "sure")
    assert (understand("stock miel 500 g 12", shelf).product, understand("stock miel 500 g 12", shelf).amount) == ("7A", "12")


def test_whoever_sells_nothing_commands_no_shelf():
    assert understand("stock amlou 12", Shelf()).certainty == "unknown"


def test_a_program_reads_one_object_a_line(monkeypatch, capsys):
    lines = "stock amlou 12\nbonjour\\nstock miel 3\n\n\udcff\n".encode("utf-8", "surrogateescape")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines)))
    call_command("read_texts", catalogue=FOLDER / "catalogue.tsv")

    read = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert read[0] == {"intent": "stock_set", "slots": {"quantity": "12", "product": 5}, "certainty": "sure"}
    assert read[1] == {"intent": "stock_set", "slots": {"quantity": "3", "candidates": [1, 2]}, "certainty": "ask"}
    assert [found["intent"] for found in read[2:]] == ["unknown", "unknown"]


def test_a_catalogue_that_cannot_be_read_is_said_to_be_so(tmp_path):
    broken = tmp_path / "catalogue.tsv"
    broken.write_text("name\nAmlou\n", encoding="utf-8")
    for path in (broken, tmp_path / "nowhere.tsv"):
        with pytest.raises(CommandError, match="The catalogue cannot be read"):
            call_command("read_texts", catalogue=path)
