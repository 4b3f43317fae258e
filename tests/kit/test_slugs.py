"""Names of any script make readable addresses."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twiza.kit.folding import fold, fold_words
from twiza.kit.slugs import slug_of


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Coopérative Tizi n'Oucheg", "cooperative-tizi-noucheg"),
        ("تعاونية الأمل", "taaounia-alaml"),
        ("ⵜⵡⵉⵣⴰ", "twiza"),
        ("  --!!  ", ""),
        ("日本", ""),
    ],
)
def test_an_address_reads_like_the_name(name, slug):
    assert slug_of(name) == slug


@given(st.text(max_size=200), st.integers(1, 80))
def test_an_address_is_plain_and_not_too_long(name, longest):
    slug = slug_of(name, longest)
    assert len(slug) <= longest
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", slug)


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)
    assert fold_words(fold_words(text)) == fold_words(text)
