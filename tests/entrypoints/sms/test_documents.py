"""What the reference page teaches is what is understood."""

import re
from pathlib import Path

import pytest

from twiza.entrypoints.sms.lexicon import digits, found_keywords
from twiza.entrypoints.sms.reader import read

PAGE = (Path(__file__).parents[3] / "docs/reference/text-messages.md").read_text(encoding="utf-8")
ROWS = [re.findall(r"`([^`]+)`", line) for line in PAGE.splitlines() if line.startswith("| ") and "`" in line]


@pytest.mark.parametrize("examples", ROWS, ids=[row[0] for row in ROWS])
def test_every_example_of_a_row_is_read_without_doubt_and_means_the_same(examples):
    assert {(read(text).intent, read(text).certainty) for text in examples} == {(read(examples[0]).intent, "sure")}


def test_the_page_knows_every_word_and_every_digit():
    assert {read(row[0]).intent for row in ROWS} == set(found_keywords())
    assert {text[0] for row in ROWS for text in row if re.fullmatch(r"\d( 1523)?", text)} == set(digits())
