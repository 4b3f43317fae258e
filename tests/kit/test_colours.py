"""Colours are read as people write them, and words in them can be told apart from what they stand on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twiza.kit.colours import READABLE, contrast, is_readable, mixed, nearest_darker, nearest_lighter, read_colour

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
PAPER, NIGHT = ["#fbf7ef", "#f3ebdc"], ["#332c24", "#191613"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [(" #1C5848 ", "#1c5848"), ("abc", "#aabbcc"), ("1c5848", "#1c5848"), ("#12345", None), ("red", None), ("", None)],
)
def test_a_colour_is_read_as_people_write_it(typed, meant):
    assert read_colour(typed) == meant


def test_contrast_is_that_of_the_web():
    assert contrast("#000000", "#ffffff") == 21
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54


@given(COLOURS)
def test_the_nearest_can_be_read_and_what_can_be_read_stays(colour):
    for grounds, nearest in ((PAPER, nearest_darker), (NIGHT, nearest_lighter)):
        found = nearest(colour, grounds)
        assert is_readable(found, grounds)
        assert nearest(found, grounds) == found
        assert (found == colour) == is_readable(colour, grounds)


@given(COLOURS, COLOURS)
def test_contrast_knows_no_order(one, other):
    assert contrast(one, other) == contrast(other, one) >= 1


def test_the_nearest_keeps_the_hue_and_is_near():
    assert nearest_darker("#e7a11c", PAPER) == "#8e620f"
    assert READABLE <= contrast("#8e620f", "#f3ebdc") < READABLE + 0.1


def test_a_mixture_lies_between():
    assert mixed("#000000", "#ffffff", 0.5) == "#808080"
    assert mixed("#1c5848", "#fffdf9", 0) == "#fffdf9"
