"""Amounts read as the reader's language writes them."""

import re

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from twiza.entrypoints.ui.amounts import write_dirhams
from twiza.entrypoints.ui.templatetags.ui import dirhams, dirhams_text


@pytest.mark.parametrize(
    ("centimes", "language", "written"),
    [
        (12000, "fr", "120 DH"),
        (145000, "fr", "1 450 DH"),
        (1250, "fr", "12,50 DH"),
        (5, "fr", "0,05 DH"),
        (0, "fr", "0 DH"),
        (-1250, "fr", "-12,50 DH"),
        (123456789, "fr", "1 234 567,89 DH"),
        (145050, "en", "1,450.50 DH"),
        (145000, "zgh", "1 450 DH"),
        (12000, "ar", "120 د.م."),
        (145000, "ar", "1\u00a0450 د.م."),
        (1250, "ar", "12,50 د.م."),
    ],
)
def test_an_amount_is_written_exactly(centimes: int, language: str, written: str) -> None:
    assert write_dirhams(centimes, language) == written


@given(st.integers(min_value=-(10**12), max_value=10**12), st.sampled_from(["fr", "ar", "zgh", "en"]))
def test_no_centime_is_lost_in_writing(centimes: int, language: str) -> None:
    figure = re.sub(r"[^\d,.-]", "", write_dirhams(centimes, language).replace("د.م.", ""))
    if language == "en":
        figure = figure.replace(",", "")
    whole, _, rest = figure.replace(",", ".").partition(".")
    sign = -1 if whole.startswith("-") else 1
    assert sign * (abs(int(whole)) * 100 + int(rest or 0)) == centimes


def test_an_amount_on_a_page_keeps_to_one_line_and_its_own_direction() -> None:
    with translation.override("fr"):
        assert dirhams(145000) == '<bdi class="amount">1 450 DH</bdi>'
        assert dirhams_text(145000) == "1 450 DH"
    with translation.override("ar"):
        assert dirhams(12000) == '<bdi class="amount">120 د.م.</bdi>'


def test_no_amount_is_no_words() -> None:
    assert dirhams(None) == ""
