"""An amount is written out as a clerk would write it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twiza.kit.amounts_in_words import in_arabic, in_french


@pytest.mark.parametrize(
    ("centimes", "words"),
    [
        (0, "zéro dirham"),
        (5, "zéro dirham et cinq centimes"),
        (100, "un dirham"),
        (101, "un dirham et un centime"),
        (2_100, "vingt et un dirhams"),
        (7_100, "soixante et onze dirhams"),
        (7_750, "soixante-dix-sept dirhams et cinquante centimes"),
        (8_000, "quatre-vingts dirhams"),
        (8_100, "quatre-vingt-un dirhams"),
        (9_100, "quatre-vingt-onze dirhams"),
        (27_550, "deux cent soixante-quinze dirhams et cinquante centimes"),
        (20_000, "deux cents dirhams"),
        (100_000, "mille dirhams"),
        (128_000, "mille deux cent quatre-vingts dirhams"),
        (8_000_000, "quatre-vingt mille dirhams"),
        (20_000_000, "deux cent mille dirhams"),
        (200_000_000, "deux millions de dirhams"),
        (200_000_100, "deux millions un dirhams"),
    ],
)
def test_in_french(centimes, words):
    assert in_french(centimes) == words


@pytest.mark.parametrize(
    ("centimes", "words"),
    [
        (0, "صفر درهم"),
        (100, "درهم واحد"),
        (200, "درهمان"),
        (302, "ثلاثة دراهم وسنتيمان"),
        (1_100, "أحد عشر درهما"),
        (1_300, "ثلاثة عشر درهما"),
        (2_150, "واحد وعشرون درهما وخمسون سنتيما"),
        (10_000, "مائة درهم"),
        (20_000, "مائتا درهم"),
        (27_550, "مائتان وخمسة وسبعون درهما وخمسون سنتيما"),
        (100_000, "ألف درهم"),
        (100_100, "ألف ودرهم واحد"),
        (120_000, "ألف ومائتا درهم"),
        (200_000, "ألفا درهم"),
        (210_000, "ألفان ومائة درهم"),
        (300_000, "ثلاثة آلاف درهم"),
        (1_200_000, "اثنا عشر ألف درهم"),
        (1_250_000, "اثنا عشر ألفا وخمسمائة درهم"),
        (20_000_000, "مائتا ألف درهم"),
        (100_000_000, "مليون درهم"),
    ],
)
def test_in_arabic(centimes, words):
    assert in_arabic(centimes) == words


@given(st.integers(0, 99_999_999_999))
def test_two_amounts_are_never_written_alike(centimes):
    other = centimes + 1 if centimes < 99_999_999_999 else 0

    assert in_french(centimes) != in_french(other)
    assert in_arabic(centimes) != in_arabic(other)
    assert "  " not in in_french(centimes) + in_arabic(centimes)


def test_more_than_an_invoice_can_hold_is_refused():
    with pytest.raises(ValueError, match="thousand million"):
        in_french(100_000_000_000)
