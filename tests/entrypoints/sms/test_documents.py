"""What the reference page teaches is what is understood."""

import re
from pathlib import Path

import pytest

from tests.entrypoints.sms.messages import SHELF
from twiza.entrypoints.sms.answers import found_answers
from twiza.entrypoints.sms.lexicon import digits, found_keywords
from twiza.entrypoints.sms.reader import read
from twiza.entrypoints.sms.understanding import understand

PAGE = (Path(__file__).parents[3] / "docs/reference/text-messages.md").read_text(encoding="utf-8")
ROWS = [re.findall(r"`([^`]+)`", line) for line in PAGE.splitlines() if line.startswith("| ") and "`" in line]


def _read(text):
    """Beside the catalogue of the messages that are kept for measuring."""
    said = understand(text, SHELF)
    return said if said.intent in found_answers() else read(text)


@pytest.mark.parametrize("examples", ROWS, ids=[row[0] for row in ROWS])
def test_every_example_of_a_row_is_read_without_doubt_and_means_the_same(examples):
    readings = [_read(text) for text in examples]
    assert {(reading.intent, reading.certainty) for reading in readings} == {(readings[0].intent, "sure")}


def test_the_page_knows_every_word_and_every_digit():
    assert {_read(row[0]).intent for row in ROWS} == set(found_keywords()) | set(found_answers())
    assert {text[0] for row in ROWS for text in row if re.fullmatch(r"\d( 1523)?", text)} == set(digits()) | {"9"}
