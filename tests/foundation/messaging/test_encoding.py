"""What a text costs is exact: an operator bills every part."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from twiza.foundation.messaging.encoding import encoding_of, measure, smart_replace, split

VECTORS = json.loads(Path(__file__).with_name("encoding_vectors.json").read_text())
CHARACTERS = st.sampled_from("aé€[\n ç’م١ⴰ😀")


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["name"] for vector in VECTORS])
def test_a_text_costs_what_the_network_says(vector):
    cost = measure(vector["text"])

    assert (cost.encoding, cost.units, cost.parts) == (vector["encoding"], vector["units"], vector["parts"])


@given(st.text(CHARACTERS, max_size=900))
def test_parts_put_together_are_the_text_and_each_fits(text):
    parts = split(text)
    room = {"gsm7": (160, 153), "ucs2": (70, 67)}[encoding_of(text)]

    assert "".join(parts) == text
    for part in parts:
        units = len(part.encode("utf-16-le")) // 2 if encoding_of(text) == "ucs2" else len(part) + sum(c in "€[" for c in part)
        assert units <= (room[0] if len(parts) == 1 else room[1])


def test_a_pair_never_straddles_two_parts():
    assert [len(part) for part in split("a" * 152 + "€" + "a" * 152)] == [152, 152, 1]
    assert split("😀" * 67)[0] == "😀" * 33


def test_french_is_written_in_the_cheap_alphabet_and_keeps_the_accents_it_has():
    assert smart_replace("Reçu : l’huile d’Ête, œufs… « été à Où Ç É »") == "Recu : l'huile d'Ete, oeufs... \" été à Où Ç É \""
    assert measure(smart_replace("a" * 159 + "ç")).parts == 1


def test_a_text_that_cannot_become_cheaper_keeps_its_characters():
    assert smart_replace("تم قبول الطلب ç") == "تم قبول الطلب ç"
    assert smart_replace("Reçu 😀") == "Reçu 😀"


def test_a_decomposed_accent_is_composed():
    assert smart_replace("pre\u0301t") == "prét"


@given(st.text(CHARACTERS, max_size=200))
def test_replacing_twice_is_replacing_once_and_never_costs_more(text):
    once = smart_replace(text)

    assert smart_replace(once) == once
    assert measure(once).parts <= measure(text).parts


def test_the_command_measures_each_line(monkeypatch, capsys):
    lines = "STOCK 12\nfête\n\na\fb\n".encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines)))

    call_command("measure_texts")

    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == [
        {"encoding": "gsm7", "units": 8, "parts": 1, "not_gsm7": ""},
        {"encoding": "ucs2", "units": 4, "parts": 1, "not_gsm7": "ê"},
        {"encoding": "gsm7", "units": 0, "parts": 1, "not_gsm7": ""},
        {"encoding": "gsm7", "units": 4, "parts": 1, "not_gsm7": ""},
    ]
